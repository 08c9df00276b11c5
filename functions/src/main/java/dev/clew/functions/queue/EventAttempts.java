// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.queue;

import dev.clew.core.IdSource;
import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import dev.clew.core.trace.SegmentId;
import dev.clew.functions.catalog.FunctionCatalog;
import dev.clew.functions.catalog.FunctionVersion;
import dev.clew.functions.invoke.Attempt;
import dev.clew.functions.invoke.Attempt.Answer;
import dev.clew.functions.invoke.InvocationEngine;
import dev.clew.functions.invoke.LambdaSegments.Part;
import dev.clew.functions.invoke.LambdaSegments.Service;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Tries queued events and decides what becomes of them. Ledger and trace change in one commit. Safe for many threads. */
final class EventAttempts {
    private static final System.Logger LOG = System.getLogger(EventAttempts.class.getName());
    /** Before another try when our own machinery failed. */
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);
    /** How long a try waits for an environment before it goes back to the queue. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Store store;
    private final EventLedger ledger;
    private final FunctionCatalog catalog;
    private final InvocationEngine engine;
    private final InstantSource time;
    private final IdSource ids;
    private final RetryDelays delays;

    EventAttempts(
            Store store,
            EventLedger ledger,
            FunctionCatalog catalog,
            InvocationEngine engine,
            InstantSource time,
            IdSource ids,
            AsyncConfig config) {
        this.store = store;
        this.ledger = ledger;
        this.catalog = catalog;
        this.engine = engine;
        this.time = time;
        this.ids = ids;
        delays = new RetryDelays(config.delayFactor());
    }

    /**
     * Tries {@code event} once.
     *
     * @param abandoned asked before a failure is written: then it would be ours, not the function's
     * @return the event as it waits for its next try, or nothing if it is finished
     */
    Optional<QueuedEvent> run(QueuedEvent event, BooleanSupplier abandoned) {
        try {
            return attempt(event, abandoned);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(event);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "asynchronous invocation " + event.requestId() + " is tried again", e);
            return Optional.of(event.at(time.instant().plus(AFTER_TROUBLE)));
        }
    }

    private Optional<QueuedEvent> attempt(QueuedEvent event, BooleanSupplier abandoned) throws InterruptedException {
        var version = engine.route(event.reference());
        if (version.isEmpty()) {
            return drop(event, null, "its function is gone");
        }
        if (isTooOld(event, time.instant())) {
            return drop(event, version.get(), "it is too old");
        }
        var reserved = catalog.reservedConcurrency(event.scope(), event.function());
        if (reserved.isPresent() && reserved.get() == 0) {
            return drop(event, version.get(), "the function's reserved concurrency is 0");
        }
        var payload = ledger.payload(event);
        if (payload.isEmpty()) {
            return Optional.empty(); // cleared meanwhile
        }
        var id = ids.nextSegmentId();
        var attempt = new Attempt(
                version.get(),
                event.reference().arn(),
                event.requestId(),
                payload.get(),
                null,
                event.traced(),
                id,
                reserved.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                PATIENCE);
        var report = engine.run(attempt);
        return settle(event, version.get(), id, report, abandoned);
    }

    private Optional<QueuedEvent> settle(
            QueuedEvent event,
            FunctionVersion version,
            SegmentId id,
            Attempt.Report report,
            BooleanSupplier abandoned) {
        return switch (report.answer()) {
            case Answer.Success _ -> {
                finish(event, version, parts(event, id, report, false), report, false);
                yield Optional.empty();
            }
            case Answer.Failure _ when abandoned.getAsBoolean() -> Optional.of(event);
            case Answer.Failure failure -> failed(event, version, id, report, failure);
            case Answer.Throttled _ when abandoned.getAsBoolean() -> Optional.of(event);
            case Answer.Throttled _ -> {
                var next = event.throttled(time.instant().plus(delays.afterThrottle(event.throttles() + 1)));
                commit(new WriteBatch(), next, List.of());
                yield Optional.of(next);
            }
        };
    }

    private Optional<QueuedEvent> failed(
            QueuedEvent event, FunctionVersion version, SegmentId id, Attempt.Report report, Answer.Failure failure) {
        var parts = parts(event, id, report, true);
        var next = event.failed(parts, time.instant().plus(delays.afterFailure(event.tries() + 1)));
        if (next.tries() > catalog.eventInvokeLimits(event.reference()).retries() || isTooOld(next, next.due())) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "asynchronous invocation {0} of {1} is dropped after {2} tries: {3}",
                    event.requestId(),
                    event.reference().arn(),
                    next.tries(),
                    failure.error().type());
            finish(event, version, parts, report, true);
            engine.metrics().dropped(event.scope(), event.function());
            return Optional.empty();
        }
        commit(new WriteBatch(), next, documents(next, version, parts, report, null, true));
        return Optional.of(next);
    }

    private boolean isTooOld(QueuedEvent event, Instant at) {
        var limit =
                Duration.ofSeconds(catalog.eventInvokeLimits(event.reference()).ageSeconds());
        return at.isAfter(event.accepted().plus(limit));
    }

    /** The wait before the first try, then tries. */
    private List<Part> parts(QueuedEvent event, SegmentId id, Attempt.Report report, boolean fault) {
        var parts = new ArrayList<>(event.parts());
        if (parts.isEmpty()) {
            parts.add(new Part(ids.nextSegmentId(), "Dwell Time", event.accepted(), report.start(), false));
        }
        parts.add(new Part(id, "Attempt #" + parts.size(), report.start(), report.end(), fault));
        return parts;
    }

    private void finish(
            QueuedEvent event, FunctionVersion version, List<Part> parts, Attempt.Report report, boolean fault) {
        commitFinish(event, documents(event, version, parts, report, report.end(), fault));
    }

    private Optional<QueuedEvent> drop(QueuedEvent event, @Nullable FunctionVersion version, String why) {
        LOG.log(
                System.Logger.Level.WARNING,
                "asynchronous invocation {0} of {1} is dropped: {2}",
                event.requestId(),
                event.reference().arn(),
                why);
        List<String> documents = List.of();
        if (version != null && event.traced().recorded()) {
            documents = List.of(engine.segments()
                    .service(new Service(
                            version,
                            event.requestId(),
                            event.traced(),
                            event.accepted(),
                            time.instant(),
                            202,
                            true,
                            event.parts())));
        }
        commitFinish(event, documents);
        engine.metrics().dropped(event.scope(), event.function());
        return Optional.empty();
    }

    private List<String> documents(
            QueuedEvent event,
            FunctionVersion version,
            List<Part> parts,
            Attempt.Report report,
            @Nullable Instant end,
            boolean fault) {
        if (report.functionSegment() == null) {
            return List.of();
        }
        var service = new Service(
                version, event.requestId(), event.traced(), event.accepted(), end, 202, fault && end != null, parts);
        return List.of(engine.segments().service(service), report.functionSegment());
    }

    private void commit(WriteBatch batch, QueuedEvent event, List<String> documents) {
        ledger.stage(batch, event);
        var visible = engine.stage(batch, event.scope(), documents);
        store.commit(batch);
        visible.run();
    }

    private void commitFinish(QueuedEvent event, List<String> documents) {
        var batch = new WriteBatch();
        var forgotten = ledger.stageFinish(batch, event, time.instant());
        var visible = engine.stage(batch, event.scope(), documents);
        store.commit(batch);
        forgotten.run();
        visible.run();
    }
}
