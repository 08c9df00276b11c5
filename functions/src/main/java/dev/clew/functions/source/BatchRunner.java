// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.source;

import dev.clew.core.IdSource;
import dev.clew.core.trace.TraceHeader;
import dev.clew.functions.catalog.FunctionCatalog;
import dev.clew.functions.invoke.FunctionInvoker;
import dev.clew.functions.invoke.Invocation;
import dev.clew.functions.invoke.InvokeOutcome;
import dev.clew.functions.source.BatchEvent.Part;
import dev.clew.functions.source.QueueSource.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Runs batches of messages, and deletes those that are done with: nothing else ever does. Safe for use by many threads. */
final class BatchRunner {
    private static final int MAX_EVENT = 6_000_000;
    private static final int MAX_VISIBILITY = 43_200;
    /** What a batch may wait for an execution environment before its messages come again. */
    private static final int START_SECONDS = 30;

    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final String TRACE_HEADER = "AWSTraceHeader";

    private final QueueSource queues;
    private final RecordFilters filters;
    private final FunctionCatalog catalog;
    private final FunctionInvoker invoker;
    private final InstantSource time;
    private final IdSource ids;
    private final Map<List<String>, Predicate<String>> compiled = new ConcurrentHashMap<>();

    BatchRunner(
            QueueSource queues,
            RecordFilters filters,
            FunctionCatalog catalog,
            FunctionInvoker invoker,
            InstantSource time,
            IdSource ids) {
        this.queues = queues;
        this.filters = filters;
        this.catalog = catalog;
        this.invoker = invoker;
        this.time = time;
        this.ids = ids;
    }

    /**
     * How long messages are hidden, in seconds: as their queue says, but until the batch is gathered, an environment
     * is there and the function has had its time.
     * Nothing if queue or function is gone.
     */
    OptionalInt visibility(Mapping mapping) {
        var queue = queues.visibility(mapping.queueArn());
        var version = catalog.find(mapping.reference());
        if (queue.isEmpty() || version.isEmpty()) {
            return OptionalInt.empty();
        }
        int needed = mapping.windowSeconds() + version.get().configuration().timeout() + START_SECONDS;
        return OptionalInt.of(Math.min(MAX_VISIBILITY, Math.max(queue.getAsInt(), needed)));
    }

    /**
     * Runs {@code batch}. What the function does not take stays in the queue, until the time for which it is hidden is over.
     *
     * @param heldUntil when that is
     * @param pause told for how long to take nothing more: the function is throttled
     * @return why not all was processed, or null
     */
    @Nullable
    String process(Mapping mapping, List<Message> batch, Instant heldUntil, Consumer<Duration> pause)
            throws InterruptedException {
        var wanted = wanted(mapping, batch);
        String problem = null;
        for (var part : BatchEvent.of(mapping.queueArn(), wanted, MAX_EVENT)) {
            var trouble = run(mapping, part, heldUntil, pause);
            if (trouble.isPresent()) {
                problem = trouble.get();
            }
        }
        return problem;
    }

    /** What the filters let pass; the rest is deleted. */
    private List<Message> wanted(Mapping mapping, List<Message> batch) {
        if (mapping.filters().isEmpty()) {
            return batch;
        }
        var filter = compiled.computeIfAbsent(mapping.filters(), filters::compile);
        var passes = Predicate.<Message>not(message -> filter.test(BatchEvent.filtered(mapping.queueArn(), message)));
        var unwanted = batch.stream().filter(passes).toList();
        delete(mapping, unwanted);
        return batch.stream().filter(passes.negate()).toList();
    }

    private Optional<String> run(Mapping mapping, Part part, Instant heldUntil, Consumer<Duration> pause)
            throws InterruptedException {
        var timeout = Duration.ofSeconds(catalog.find(mapping.reference())
                .map(version -> version.configuration().timeout())
                .orElse(0));
        var lastStart = heldUntil.minus(timeout);
        for (int tries = 0; ; tries++) {
            var outcome = invoker.invoke(invocation(mapping, part, lastStart), causes(part.messages()));
            if (outcome instanceof InvokeOutcome.Throttled) {
                var wait = Duration.ofSeconds(1L << Math.min(tries, 10));
                wait = wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait;
                pause.accept(wait);
                if (time.instant().plus(wait).isBefore(lastStart)) {
                    TimeUnit.MILLISECONDS.sleep(wait.toMillis());
                    continue;
                }
            }
            return settled(mapping, part, outcome);
        }
    }

    private Invocation invocation(Mapping mapping, Part part, Instant lastStart) {
        var left = Duration.between(time.instant(), lastStart);
        return new Invocation(
                mapping.scope(),
                mapping.reference().arn(),
                ids.nextUuid().toString(),
                part.event(),
                null,
                left.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : left,
                null,
                null);
    }

    /** The recorded traces that the messages come from. */
    private static List<TraceHeader> causes(List<Message> messages) {
        return messages.stream()
                .map(message -> TraceHeader.parse(message.system().get(TRACE_HEADER)))
                .flatMap(Optional::stream)
                .filter(TraceHeader::isSampled)
                .distinct()
                .toList();
    }

    private Optional<String> settled(Mapping mapping, Part part, InvokeOutcome outcome) {
        return switch (outcome) {
            case InvokeOutcome.Succeeded(byte[] payload, String _) -> {
                var done = mapping.reportsFailures() ? BatchAnswer.done(payload, part.messages()) : part.messages();
                delete(mapping, done);
                yield done.size() == part.messages().size()
                        ? Optional.empty()
                        : Optional.of("PROBLEM: the function failed "
                                + (part.messages().size() - done.size()) + " of "
                                + part.messages().size() + " messages");
            }
            case InvokeOutcome.FunctionError _ -> Optional.of("PROBLEM: Function call failed");
            case InvokeOutcome.Throttled(String reason) -> Optional.of("PROBLEM: throttled: " + reason);
            case InvokeOutcome.NotFound(String message) -> Optional.of("PROBLEM: " + message);
            case InvokeOutcome.Refused(String reason) -> Optional.of("PROBLEM: " + reason);
            case InvokeOutcome.TooLarge(String message) -> Optional.of("PROBLEM: " + message);
        };
    }

    private void delete(Mapping mapping, List<Message> messages) {
        if (!messages.isEmpty()) {
            queues.delete(
                    mapping.queueArn(),
                    messages.stream().map(Message::receiptHandle).toList());
        }
    }
}
