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
    private final LetterWriter letters;
    private final FunctionCatalog catalog;
    private final InvocationEngine engine;
    private final InstantSource time;
    private final IdSource ids;
    private final RetryDelays delays;

    EventAttempts(
            Store store,
            EventLedger ledger,
            LetterWriter letters,
            FunctionCatalog catalog,
            InvocationEngine engine,
            InstantSource time,
            IdSource ids,
            AsyncConfig config) {
        this.store = store;
        this.ledger = ledger;
        this.letters = letters;
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
        if (event.ending() != null) {
            return tell(event, event.ending());
        }
        var version = engine.route(event.reference());
        if (version.isEmpty()) {
            return vanish(event);
        }
        if (isTooOld(event, time.instant())) {
            return drop(event, version.get(), Ending.AGE, "it is too old");
        }
        var reserved = catalog.reservedConcurrency(event.scope(), event.function());
        if (reserved.isPresent() && reserved.get() == 0) {
            return drop(event, version.get(), Ending.NO_CONCURRENCY, "the function's reserved concurrency is 0");
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
            case Answer.Success(byte[] response) -> {
                var documents = documents(event, version, parts(event, id, report, false), report, report.end(), false);
                var onSuccess = catalog.eventDestinations(event.reference()).onSuccess();
                List<Ending.Post> posts = onSuccess == null ? List.of() : List.of(new Ending.Post(onSuccess, false));
                yield end(
                        event,
                        new Ending(
                                Ending.SUCCESS, event.tries() + 1, version.version(), 200, "", time.instant(), posts),
                        documents,
                        response);
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
        var exhausted =
                next.tries() > catalog.eventInvokeLimits(event.reference()).retries();
        if (exhausted || isTooOld(next, next.due())) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "asynchronous invocation {0} of {1} is dropped after {2} tries: {3}",
                    event.requestId(),
                    event.reference().arn(),
                    next.tries(),
                    failure.error().type());
            var ending = new Ending(
                    exhausted ? Ending.RETRIES : Ending.AGE,
                    next.tries(),
                    version.version(),
                    200,
                    failure.error().message(),
                    time.instant(),
                    mourners(event, version));
            engine.metrics().dropped(event.scope(), event.function());
            return end(event, ending, documents(event, version, parts, report, report.end(), true), failure.payload());
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

    /** Who is told of a failure: the version's dead-letter queue, and the destination for failures. */
    private List<Ending.Post> mourners(QueuedEvent event, FunctionVersion version) {
        var posts = new ArrayList<Ending.Post>();
        var queue = version.configuration().deadLetterArn();
        if (queue != null) {
            posts.add(new Ending.Post(queue, true));
        }
        var onFailure = catalog.eventDestinations(event.reference()).onFailure();
        if (onFailure != null) {
            posts.add(new Ending.Post(onFailure, false));
        }
        return posts;
    }

    /** Ends {@code event}, at once if nobody is to be told. */
    private Optional<QueuedEvent> end(QueuedEvent event, Ending ending, List<String> documents, byte[] response) {
        if (ending.posts().isEmpty()) {
            commitFinish(event, documents);
            return Optional.empty();
        }
        var ended = event.ended(ending, time.instant());
        var batch = new WriteBatch();
        ledger.stageResponse(batch, ended, response);
        commit(batch, ended, documents);
        return Optional.of(ended);
    }

    /** Tells one of those who are to be told. */
    private Optional<QueuedEvent> tell(QueuedEvent event, Ending ending) {
        var posted = letters.post(event, ending);
        if (!posted.done()) {
            var later = event.throttled(time.instant().plus(delays.afterThrottle(event.throttles() + 1)));
            commit(new WriteBatch(), later, List.of());
            return Optional.of(later);
        }
        if (ending.posts().size() == 1) {
            commitFinish(event, posted.documents());
            return Optional.empty();
        }
        var next = event.ended(ending.afterFirst(), time.instant());
        commit(new WriteBatch(), next, posted.documents());
        return Optional.of(next);
    }

    private Optional<QueuedEvent> drop(QueuedEvent event, FunctionVersion version, String condition, String why) {
        warn(event, why);
        List<String> documents = event.traced().recorded()
                ? List.of(engine.segments()
                        .service(new Service(
                                version,
                                event.requestId(),
                                event.traced(),
                                event.accepted(),
                                time.instant(),
                                202,
                                true,
                                event.parts())))
                : List.of();
        var ending = new Ending(condition, event.tries(), null, 429, why, time.instant(), mourners(event, version));
        engine.metrics().dropped(event.scope(), event.function());
        return end(event, ending, documents, new byte[0]);
    }

    /** Nobody can be asked who is to be told. */
    private Optional<QueuedEvent> vanish(QueuedEvent event) {
        warn(event, "its function is gone");
        commitFinish(event, List.of());
        engine.metrics().dropped(event.scope(), event.function());
        return Optional.empty();
    }

    private static void warn(QueuedEvent event, String why) {
        LOG.log(
                System.Logger.Level.WARNING,
                "asynchronous invocation {0} of {1} is dropped: {2}",
                event.requestId(),
                event.reference().arn(),
                why);
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
