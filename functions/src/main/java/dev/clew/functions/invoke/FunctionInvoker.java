// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.invoke;

import dev.clew.core.trace.TraceHeader;
import dev.clew.functions.catalog.FunctionCatalog;
import dev.clew.functions.catalog.FunctionReference;
import dev.clew.functions.catalog.FunctionVersion;
import dev.clew.functions.invoke.Attempt.Answer;
import dev.clew.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Invokes functions for callers that wait. Safe for use by many threads. */
public final class FunctionInvoker {
    /** Bytes of the largest payload, as the original's message states it. */
    static final int MAX_PAYLOAD = 6_291_556;

    private static final System.Logger LOG = System.getLogger(FunctionInvoker.class.getName());
    private static final byte[] EMPTY_PAYLOAD = "{}".getBytes(StandardCharsets.UTF_8);

    private final FunctionCatalog catalog;
    private final InvocationEngine engine;
    private final InstantSource time;
    private final Duration patience;

    /** @param patience how long an invocation waits for an environment unless its caller says otherwise */
    public FunctionInvoker(FunctionCatalog catalog, InvocationEngine engine, InstantSource time, Duration patience) {
        this.catalog = catalog;
        this.engine = engine;
        this.time = time;
        this.patience = patience;
    }

    /** An outcome, and the log of the invocation where it was asked for. */
    record Logged(InvokeOutcome outcome, String log) {}

    /** Runs {@code invocation}; returns when the function has answered. */
    public InvokeOutcome invoke(Invocation invocation) throws InterruptedException {
        return invoke(invocation, List.of());
    }

    /** The same; its trace, if one begins here, is linked to those of {@code causes}. */
    public InvokeOutcome invoke(Invocation invocation, List<TraceHeader> causes) throws InterruptedException {
        try {
            var reference = FunctionReference.parse(invocation.function(), null, invocation.scope());
            return invoke(invocation, reference, causes, false).outcome();
        } catch (ServiceException e) {
            return new InvokeOutcome.NotFound(e.message()); // a name that can mean nothing here
        }
    }

    /** Runs {@code invocation} of {@code reference}; with its log, it returns when that is complete. */
    Logged invoke(Invocation invocation, FunctionReference reference, boolean withLog) throws InterruptedException {
        return invoke(invocation, reference, List.of(), withLog);
    }

    private Logged invoke(Invocation invocation, FunctionReference reference, List<TraceHeader> causes, boolean withLog)
            throws InterruptedException {
        var version = engine.route(reference);
        if (version.isEmpty()) {
            return new Logged(new InvokeOutcome.NotFound("Function not found: " + reference.arn()), "");
        }
        var refusal = engine.refusal(reference, invocation.caller());
        if (refusal.isPresent()) {
            return new Logged(new InvokeOutcome.Refused(refusal.get()), "");
        }
        if (invocation.payload().length > MAX_PAYLOAD) {
            return new Logged(
                    new InvokeOutcome.TooLarge(invocation.payload().length
                            + " byte payload is too large for the RequestResponse invocation type (limit "
                            + MAX_PAYLOAD + " bytes)"),
                    "");
        }
        return run(invocation, reference, version.get(), causes, withLog);
    }

    private Logged run(
            Invocation invocation,
            FunctionReference reference,
            FunctionVersion version,
            List<TraceHeader> causes,
            boolean withLog)
            throws InterruptedException {
        var traced = engine.decide(version, invocation.trace());
        var start = time.instant();
        var attempt = new Attempt(
                version,
                reference.arn(),
                invocation.requestId(),
                invocation.payload().length == 0 ? EMPTY_PAYLOAD : invocation.payload(),
                invocation.clientContext(),
                traced,
                traced.segment(),
                catalog.reservedConcurrency(version.scope(), version.name())
                        .map(OptionalInt::of)
                        .orElseGet(OptionalInt::empty),
                invocation.patience() == null ? patience : invocation.patience());
        var answered = new CompletableFuture<Answer>();
        var reported = new CompletableFuture<Attempt.Report>();
        Thread.ofVirtual()
                .name("invoke-" + version.name())
                .start(() -> run(attempt, start, causes, answered, reported));
        var answer = await(answered);
        var log = withLog ? await(reported).log() : "";
        return new Logged(outcome(answer, version), log);
    }

    /** Goes on after the answer, until the environment is ready and the trace is written. */
    private void run(
            Attempt attempt,
            Instant start,
            List<TraceHeader> causes,
            CompletableFuture<Answer> answered,
            CompletableFuture<Attempt.Report> reported) {
        try {
            var ends = new Instant[1];
            var report = engine.runner().run(attempt, answer -> {
                ends[0] = time.instant();
                answered.complete(answer);
            });
            reported.complete(report);
            if (attempt.traced().recorded()) {
                engine.write(attempt.version().scope(), documents(attempt, start, ends[0], report, causes));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answered.completeExceptionally(e);
            reported.completeExceptionally(e);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "invocation " + attempt.requestId() + " broke off", e);
            answered.completeExceptionally(e);
            reported.completeExceptionally(e);
        }
    }

    private List<String> documents(
            Attempt attempt, Instant start, Instant end, Attempt.Report report, List<TraceHeader> causes) {
        var service = engine.segments()
                .service(new LambdaSegments.Service(
                        attempt.version(),
                        attempt.requestId(),
                        attempt.traced(),
                        start,
                        end,
                        report.answer() instanceof Answer.Throttled ? 429 : 200,
                        report.answer() instanceof Answer.Failure,
                        List.of(),
                        causes));
        return report.functionSegment() == null ? List.of(service) : List.of(service, report.functionSegment());
    }

    private static <T> T await(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw ServiceException.server("ServiceException", 500, "The invocation broke off.");
        }
    }

    private static InvokeOutcome outcome(Answer answer, FunctionVersion version) {
        return switch (answer) {
            case Answer.Success success -> new InvokeOutcome.Succeeded(success.payload(), version.version());
            case Answer.Failure failure ->
                new InvokeOutcome.FunctionError(failure.payload(), "Unhandled", version.version());
            case Answer.Throttled(String reason) -> new InvokeOutcome.Throttled(reason);
        };
    }
}
