// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import dev.clew.core.IdSource;
import dev.clew.core.store.WriteBatch;
import dev.clew.core.trace.SegmentSink;
import dev.clew.events.delivery.Targets.Attempt;
import dev.clew.events.delivery.Targets.AttemptOutcome;
import dev.clew.events.input.Source;
import dev.clew.events.input.TargetInput;
import dev.clew.events.ledger.AcceptedEvent;
import dev.clew.events.ledger.Delivery;
import dev.clew.events.ledger.EventLedger;
import dev.clew.events.ledger.FailedDelivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes one attempt at a delivery and writes down what came of it. Blocks; called on a thread per attempt. Safe for use by many
 * threads.
 */
public final class Deliverer {
    private static final System.Logger LOG = System.getLogger(Deliverer.class.getName());

    private final EventLedger ledger;
    private final Targets targets;
    private final SegmentSink segments;
    private final DeliveryTrace trace;
    private final InstantSource time;
    private final RandomGenerator jitter;
    private final RetrySchedule retries;
    private final int concurrencyPerTarget;
    private final boolean traceDeliveries;
    private final ConcurrentHashMap<String, Semaphore> permits = new ConcurrentHashMap<>();

    /**
     * @param concurrencyPerTarget attempts at once at one target, so that a slow one holds up only itself
     * @param traceDeliveries whether attempts leave a subsegment in their event's trace
     */
    public Deliverer(
            EventLedger ledger,
            Targets targets,
            SegmentSink segments,
            InstantSource time,
            IdSource ids,
            RandomGenerator jitter,
            RetrySchedule retries,
            int concurrencyPerTarget,
            boolean traceDeliveries) {
        this.ledger = ledger;
        this.targets = targets;
        this.segments = segments;
        this.trace = new DeliveryTrace(ids);
        this.time = time;
        this.jitter = jitter;
        this.retries = retries;
        this.concurrencyPerTarget = concurrencyPerTarget;
        this.traceDeliveries = traceDeliveries;
    }

    /**
     * Attempts {@code delivery} and makes the outcome durable.
     *
     * @return the delivery as it is owed from now on, or null if it is owed no more
     * @throws InterruptedException if told to stop while waiting for the target's turn; it is then owed as before
     */
    @Nullable
    Delivery attempt(Delivery delivery) throws InterruptedException {
        var event = ledger.event(delivery.event(), delivery.accepted()).orElse(null);
        if (event == null) {
            return failed(delivery, time.instant(), FailedDelivery.Kind.EXHAUSTED, "the event is past retention");
        }
        var input = delivery.target()
                .shape()
                .render(new Source(event.json(), delivery.ruleArn(), delivery.rule(), delivery.accepted()));
        return switch (input) {
            case TargetInput.Rendered.Impossible(String reason) ->
                failed(delivery, time.instant(), FailedDelivery.Kind.NO_INPUT, reason);
            case TargetInput.Rendered.Text(String json) -> attempt(delivery, event, json);
        };
    }

    private @Nullable Delivery attempt(Delivery delivery, AcceptedEvent event, String payload)
            throws InterruptedException {
        var turn = permits.computeIfAbsent(delivery.target().arn(), arn -> new Semaphore(concurrencyPerTarget));
        turn.acquire();
        Instant begin;
        AttemptOutcome outcome;
        try {
            begin = time.instant();
            outcome = targets.attempt(new Attempt(
                    delivery.id().toString(),
                    event.id().toString(),
                    delivery.scope(),
                    delivery.ruleArn(),
                    delivery.target().arn(),
                    payload.getBytes(StandardCharsets.UTF_8),
                    delivery.context().orElse(null),
                    delivery.attempts() + 1));
        } finally {
            turn.release();
        }
        return switch (outcome) {
            case AttemptOutcome.Delivered() -> delivered(delivery, begin);
            case AttemptOutcome.Refused(String reason) -> failed(delivery, begin, FailedDelivery.Kind.REFUSED, reason);
            case AttemptOutcome.Unavailable(String reason) -> unavailable(delivery, begin, reason);
        };
    }

    private @Nullable Delivery delivered(Delivery delivery, Instant begin) {
        var batch = new WriteBatch();
        ledger.delivered(batch, delivery);
        commit(batch, delivery, begin, "delivered", null, null);
        return null;
    }

    private @Nullable Delivery unavailable(Delivery delivery, Instant begin, String reason) {
        var schedule = retries.limited(
                delivery.target().maximumRetryAttempts(), delivery.target().maximumEventAgeInSeconds());
        var next = schedule.after(delivery.attempts() + 1, delivery.accepted(), time.instant(), jitter);
        return switch (next) {
            case RetrySchedule.Next.GiveUp(String condition) ->
                failed(delivery, begin, FailedDelivery.Kind.EXHAUSTED, condition + ": " + reason);
            case RetrySchedule.Next.At(Instant due) -> {
                var again = delivery.retryAt(due);
                var batch = new WriteBatch();
                ledger.putOff(batch, delivery, again);
                commit(batch, delivery, begin, "retried", null, reason);
                yield again;
            }
        };
    }

    private @Nullable Delivery failed(Delivery delivery, Instant begin, FailedDelivery.Kind kind, String cause) {
        var failure = new FailedDelivery(delivery, kind, cause, time.instant());
        var batch = new WriteBatch();
        ledger.failed(batch, failure);
        commit(batch, delivery, begin, kind == FailedDelivery.Kind.REFUSED ? "refused" : "failed", failure, cause);
        LOG.log(
                System.Logger.Level.WARNING,
                () -> "event " + delivery.event() + " was not delivered by rule " + delivery.ruleArn() + " to "
                        + delivery.target().arn() + " (" + kind + "): " + cause + traceText(delivery));
        return null;
    }

    private static String traceText(Delivery delivery) {
        return delivery.context().map(context -> " · trace " + context.root()).orElse("");
    }

    private void commit(
            WriteBatch batch,
            Delivery delivery,
            Instant begin,
            String outcome,
            @Nullable FailedDelivery failure,
            @Nullable String reason) {
        Runnable visible = () -> {};
        if (traceDeliveries) {
            var document = trace.document(delivery, begin, time.instant(), outcome, failure, reason);
            if (document.isPresent()) {
                visible = segments.stage(batch, delivery.scope(), List.of(document.get()));
            }
        }
        ledger.commit(batch);
        visible.run();
    }
}
