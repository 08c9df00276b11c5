// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.ledger;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a delivery's history.
 *
 * @param number of the step within the history, from 0
 * @param attempt number of the attempt at the target, from 1; of the attempt at the queue if it is about the dead letter
 * @param target ARN of what was tried
 * @param waitMillis how long the delivery had waited for it
 * @param code why it failed; null if it did not
 * @param reason the same for people
 * @param exhausted the limit that was reached; null if none
 * @param next when the next attempt is due; null if there is none
 * @param payload what was sent, as far as it may be shown; null unless payloads are captured
 */
public record Step(
        UUID delivery,
        int number,
        Outcome outcome,
        int attempt,
        String target,
        Instant begin,
        Instant end,
        long waitMillis,
        @Nullable ErrorCode code,
        @Nullable String reason,
        @Nullable String exhausted,
        @Nullable Instant next,
        @Nullable String payload) {
    /** One without payload. */
    public Step(
            UUID delivery,
            int number,
            Outcome outcome,
            int attempt,
            String target,
            Instant begin,
            Instant end,
            long waitMillis,
            @Nullable ErrorCode code,
            @Nullable String reason,
            @Nullable String exhausted,
            @Nullable Instant next) {
        this(delivery, number, outcome, attempt, target, begin, end, waitMillis, code, reason, exhausted, next, null);
    }

    /** How a step ended. */
    public enum Outcome {
        /** The target took the event. */
        DELIVERED,
        /** The target was not available; it will be tried again. */
        RETRIED,
        /** The target refused the event for good. */
        REFUSED,
        /** Attempts or age ran out, or there was no input. */
        FAILED,
        /** The dead-letter queue took the event. */
        DEAD_LETTERED,
        /** The dead-letter queue was not available; it will be tried again. */
        LETTER_RETRIED,
        /** The dead-letter queue did not take the event, for good. */
        LETTER_FAILED,
        /** Somebody had the delivery made again. */
        REDRIVEN
    }

    /** Where the delivery stands after this step. */
    public DeliveryState state() {
        return switch (outcome) {
            case DELIVERED -> DeliveryState.DELIVERED;
            case RETRIED, LETTER_RETRIED -> DeliveryState.RETRYING;
            case REFUSED, FAILED -> next == null ? DeliveryState.FAILED : DeliveryState.RETRYING;
            case DEAD_LETTERED -> DeliveryState.DEAD_LETTERED;
            case LETTER_FAILED -> DeliveryState.FAILED;
            case REDRIVEN -> DeliveryState.PENDING;
        };
    }
}
