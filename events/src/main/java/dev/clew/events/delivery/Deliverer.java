// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import dev.clew.core.metric.MetricSink;
import dev.clew.core.store.WriteBatch;
import dev.clew.core.trace.SegmentSink;
import dev.clew.events.bus.TargetOptions;
import dev.clew.events.capture.PayloadCapture;
import dev.clew.events.delivery.Targets.Attempt;
import dev.clew.events.delivery.Targets.AttemptOutcome;
import dev.clew.events.input.Source;
import dev.clew.events.input.TargetInput;
import dev.clew.events.ledger.AcceptedEvent;
import dev.clew.events.ledger.Delivery;
import dev.clew.events.ledger.ErrorCode;
import dev.clew.events.ledger.EventLedger;
import dev.clew.events.ledger.FailedDelivery;
import dev.clew.events.ledger.Step;
import dev.clew.events.ledger.Step.Outcome;
import dev.clew.events.ledger.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes one attempt at a delivery, or at its dead letter, and writes down what came of it: outcome, history and trace in one commit.
 * Blocks; called on a thread per attempt. Safe for use by many threads.
 */
public final class Deliverer {
    private static final System.Logger LOG = System.getLogger(Deliverer.class.getName());

    private final EventLedger ledger;
    private final Targets targets;
    private final SegmentSink segments;
    private final @Nullable DeliveryTrace trace;
    private final InstantSource time;
    private final RandomGenerator jitter;
    private final RetrySchedule retries;
    private final @Nullable PayloadCapture capture;
    private final DeliveryMetrics metrics;

    /** Captures no payloads and counts nothing. */
    public Deliverer(
            EventLedger ledger,
            Targets targets,
            SegmentSink segments,
            @Nullable DeliveryTrace trace,
            InstantSource time,
            RandomGenerator jitter,
            RetrySchedule retries) {
        this(ledger, targets, segments, trace, time, jitter, retries, null, new DeliveryMetrics(MetricSink.NONE));
    }

    /**
     * @param trace what attempts leave in their event's trace; null for nothing
     * @param capture of what is sent, into history and trace; null for nothing
     */
    public Deliverer(
            EventLedger ledger,
            Targets targets,
            SegmentSink segments,
            @Nullable DeliveryTrace trace,
            InstantSource time,
            RandomGenerator jitter,
            RetrySchedule retries,
            @Nullable PayloadCapture capture,
            DeliveryMetrics metrics) {
        this.ledger = ledger;
        this.targets = targets;
        this.segments = segments;
        this.trace = trace;
        this.time = time;
        this.jitter = jitter;
        this.retries = retries;
        this.capture = capture;
        this.metrics = metrics;
    }

    /**
     * Attempts {@code delivery} and makes the outcome durable.
     *
     * @return the delivery as it is owed from now on, or null if it is owed no more
     */
    @Nullable
    Delivery attempt(Delivery delivery) {
        var begin = time.instant();
        var event = ledger.event(delivery.event()).orElse(null);
        var verdict = delivery.progress().verdict();
        if (event == null) {
            return pastRetention(delivery, verdict, begin);
        }
        if (verdict != null) {
            return sendLetter(delivery, verdict, event, begin);
        }
        var progress = delivery.progress();
        if (progress.counted() > 0 && limits(delivery).tooOld(progress.since(), begin)) {
            return tooOld(delivery, begin);
        }
        var source = new Source(event.json(), delivery.ruleArn(), delivery.rule(), event.accepted());
        return switch (delivery.target().shape().render(source)) {
            case TargetInput.Rendered.Impossible(String reason) ->
                giveUp(delivery, begin, Verdict.Kind.NO_INPUT, ErrorCode.INVALID_JSON, reason, null, false);
            case TargetInput.Rendered.Text(String json) -> attempt(delivery, event, json, begin);
        };
    }

    private RetrySchedule limits(Delivery delivery) {
        return retries.limited(
                delivery.target().maximumRetryAttempts(), delivery.target().maximumEventAgeInSeconds());
    }

    private @Nullable Delivery attempt(Delivery delivery, AcceptedEvent event, String payload, Instant begin) {
        var target = delivery.target();
        var outcome = call(new Attempt(
                delivery.id().toString(),
                event.id().toString(),
                event.accepted(),
                delivery.scope(),
                delivery.ruleArn(),
                target.arn(),
                payload.getBytes(StandardCharsets.UTF_8),
                delivery.context().orElse(null),
                delivery.progress().attempts() + 1,
                target.options(),
                Map.of(),
                delivery.hops()));
        return switch (outcome) {
            case AttemptOutcome.Delivered() -> delivered(delivery, begin);
            case AttemptOutcome.Refused(ErrorCode code, String reason) ->
                giveUp(delivery, begin, Verdict.Kind.REFUSED, code, reason, null, true);
            case AttemptOutcome.Unavailable(ErrorCode code, String reason, Duration notBefore) ->
                unavailable(delivery, begin, code, reason, notBefore);
        };
    }

    private AttemptOutcome call(Attempt attempt) {
        try {
            return targets.attempt(attempt);
        } catch (RuntimeException e) { // a target that breaks its promise must not stop the bus, nor lose the event
            LOG.log(System.Logger.Level.WARNING, "the attempt at " + attempt.target() + " failed inside", e);
            return new AttemptOutcome.Unavailable(ErrorCode.INTERNAL_ERROR, "the attempt failed inside: " + e);
        }
    }

    private @Nullable Delivery delivered(Delivery delivery, Instant begin) {
        var step = step(delivery, Outcome.DELIVERED, begin, null, null, null, null);
        var batch = new WriteBatch();
        ledger.delivered(batch, delivery, step);
        commit(batch, delivery, step);
        return null;
    }

    private @Nullable Delivery unavailable(
            Delivery delivery, Instant begin, ErrorCode code, String reason, @Nullable Duration notBefore) {
        var end = time.instant();
        var progress = delivery.progress();
        var next = limits(delivery).after(progress.counted() + 1, progress.since(), end, jitter, notBefore);
        return switch (next) {
            case RetrySchedule.Next.GiveUp(String condition) ->
                giveUp(delivery, begin, Verdict.Kind.EXHAUSTED, code, reason, condition, true);
            case RetrySchedule.Next.At(Instant due) -> {
                var again = delivery.retryAt(due, end, code, reason);
                var step = step(delivery, Outcome.RETRIED, begin, code, reason, null, due);
                var batch = new WriteBatch();
                ledger.putOff(batch, delivery, again, step);
                commit(batch, delivery, step);
                yield again;
            }
        };
    }

    /** The server was down when its time ran out. */
    private @Nullable Delivery tooOld(Delivery delivery, Instant begin) {
        var progress = delivery.progress();
        var code = Objects.requireNonNullElse(progress.code(), ErrorCode.UNKNOWN);
        var reason = Objects.requireNonNullElse(progress.reason(), "");
        return giveUp(delivery, begin, Verdict.Kind.EXHAUSTED, code, reason, RetrySchedule.AGE, false);
    }

    private @Nullable Delivery giveUp(
            Delivery delivery,
            Instant begin,
            Verdict.Kind kind,
            ErrorCode code,
            String reason,
            @Nullable String exhausted,
            boolean attempted) {
        var end = time.instant();
        int retried = Math.max(0, delivery.progress().counted() - (attempted ? 0 : 1));
        var verdict = new Verdict(kind, code, reason, exhausted, retried, end);
        var queue = delivery.target().deadLetterArn();
        var outcome = kind == Verdict.Kind.REFUSED ? Outcome.REFUSED : Outcome.FAILED;
        var step = step(delivery, outcome, begin, code, reason, exhausted, queue == null ? null : end);
        var batch = new WriteBatch();
        var condemned = delivery.condemned(verdict, attempted, end);
        if (queue == null) {
            ledger.failed(batch, delivery, new FailedDelivery(condemned, verdict, false, null, end), step);
        } else {
            ledger.putOff(batch, delivery, condemned, step);
        }
        commit(batch, delivery, step);
        LOG.log(
                System.Logger.Level.WARNING,
                () -> "event " + delivery.event().id() + " was not delivered by rule " + delivery.ruleArn() + " to "
                        + delivery.target().arn() + " (" + code + "): " + reason + traceText(delivery));
        return queue == null ? null : condemned;
    }

    private @Nullable Delivery sendLetter(Delivery delivery, Verdict verdict, AcceptedEvent event, Instant begin) {
        var queue = Objects.requireNonNull(delivery.target().deadLetterArn());
        var outcome = call(new Attempt(
                delivery.id().toString(),
                event.id().toString(),
                event.accepted(),
                delivery.scope(),
                delivery.ruleArn(),
                queue,
                event.json().getBytes(StandardCharsets.UTF_8),
                delivery.context().orElse(null),
                delivery.progress().letters() + 1,
                TargetOptions.NONE,
                DeadLetter.attributes(delivery, verdict),
                delivery.hops()));
        return switch (outcome) {
            case AttemptOutcome.Delivered() ->
                letterEnded(delivery, verdict, begin, Outcome.DEAD_LETTERED, verdict.code(), null, verdict.exhausted());
            case AttemptOutcome.Refused(ErrorCode code, String reason) ->
                letterEnded(delivery, verdict, begin, Outcome.LETTER_FAILED, code, reason, null);
            case AttemptOutcome.Unavailable(ErrorCode code, String reason, Duration notBefore) ->
                letterUnavailable(delivery, verdict, begin, code, reason, notBefore);
        };
    }

    /** A dead letter is tried as long as an event is by default, from when it was decided. */
    private @Nullable Delivery letterUnavailable(
            Delivery delivery,
            Verdict verdict,
            Instant begin,
            ErrorCode code,
            String reason,
            @Nullable Duration notBefore) {
        var end = time.instant();
        var next = retries.after(delivery.progress().letters() + 1, verdict.at(), end, jitter, notBefore);
        return switch (next) {
            case RetrySchedule.Next.GiveUp(String condition) ->
                letterEnded(delivery, verdict, begin, Outcome.LETTER_FAILED, code, reason, condition);
            case RetrySchedule.Next.At(Instant due) -> {
                var again = delivery.letterRetryAt(due, end);
                var step = step(delivery, Outcome.LETTER_RETRIED, begin, code, reason, null, due);
                var batch = new WriteBatch();
                ledger.putOff(batch, delivery, again, step);
                commit(batch, delivery, step);
                yield again;
            }
        };
    }

    private @Nullable Delivery letterEnded(
            Delivery delivery,
            Verdict verdict,
            Instant begin,
            Outcome outcome,
            ErrorCode code,
            @Nullable String problem,
            @Nullable String exhausted) {
        boolean sent = outcome == Outcome.DEAD_LETTERED;
        var step = step(delivery, outcome, begin, code, sent ? verdict.cause() : problem, exhausted, null);
        var batch = new WriteBatch();
        ledger.failed(batch, delivery, new FailedDelivery(delivery.ended(), verdict, sent, problem, step.end()), step);
        commit(batch, delivery, step);
        LOG.log(
                System.Logger.Level.WARNING,
                () -> "event " + delivery.event().id() + " of rule " + delivery.ruleArn()
                        + (sent ? " is in " : " could not be sent to ")
                        + delivery.target().deadLetterArn()
                        + (sent ? "" : ": " + problem)
                        + traceText(delivery));
        return null;
    }

    private @Nullable Delivery pastRetention(Delivery delivery, @Nullable Verdict verdict, Instant begin) {
        var gone = "the event is past retention";
        var step = step(delivery, Outcome.FAILED, begin, ErrorCode.INTERNAL_ERROR, gone, null, null);
        var why = verdict != null
                ? verdict
                : new Verdict(Verdict.Kind.EXHAUSTED, ErrorCode.INTERNAL_ERROR, gone, null, 0, begin);
        var batch = new WriteBatch();
        ledger.failed(
                batch,
                delivery,
                new FailedDelivery(delivery.ended(), why, false, verdict == null ? null : gone, begin),
                step);
        commit(batch, delivery, step);
        return null;
    }

    private Step step(
            Delivery delivery,
            Outcome outcome,
            Instant begin,
            @Nullable ErrorCode code,
            @Nullable String reason,
            @Nullable String exhausted,
            @Nullable Instant next) {
        var progress = delivery.progress();
        var queue = progress.verdict() == null ? null : delivery.target().deadLetterArn();
        return new Step(
                delivery.id(),
                progress.steps(),
                outcome,
                (queue == null ? progress.attempts() : progress.letters()) + 1,
                queue == null ? delivery.target().arn() : queue,
                begin,
                time.instant(),
                progress.waited(begin).toMillis(),
                code,
                reason,
                exhausted,
                next,
                capture == null ? null : captured(delivery, capture));
    }

    /** What was sent, made once more: only who captures pays for it. */
    private @Nullable String captured(Delivery delivery, PayloadCapture how) {
        var event = ledger.event(delivery.event()).orElse(null);
        if (event == null) {
            return null;
        }
        if (delivery.progress().verdict() != null) {
            return how.of(event.json(), event.json());
        }
        var source = new Source(event.json(), delivery.ruleArn(), delivery.rule(), event.accepted());
        return switch (delivery.target().shape().render(source)) {
            case TargetInput.Rendered.Impossible _ -> null;
            case TargetInput.Rendered.Text(String json) -> how.of(event.json(), json);
        };
    }

    private static String traceText(Delivery delivery) {
        return delivery.context().map(context -> " · trace " + context.root()).orElse("");
    }

    private void commit(WriteBatch batch, Delivery delivery, Step step) {
        Runnable visible = () -> {};
        if (trace != null) {
            var document = trace.document(delivery, step);
            if (document.isPresent()) {
                visible = segments.stage(batch, delivery.scope(), List.of(document.get()));
            }
        }
        ledger.commit(batch);
        visible.run();
        metrics.ended(delivery, step);
    }
}
