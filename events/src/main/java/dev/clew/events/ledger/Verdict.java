// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a delivery will not be made.
 *
 * @param code as dead letters name it
 * @param cause for people: the missing statement, the last error
 * @param exhausted the limit that ended it, {@code MaximumRetryAttempts} or {@code MaximumEventAgeInSeconds}; null if it was refused
 * @param retries attempts after the first
 */
public record Verdict(
        Kind kind, ErrorCode code, String cause, @Nullable String exhausted, int retries, Instant at) {
    /** Why it ended. */
    public enum Kind {
        /** The target refused it for good: no permission, no such function. */
        REFUSED,
        /** The target was not available until attempts or age ran out. */
        EXHAUSTED,
        /** The target's input could not be made from the event. */
        NO_INPUT
    }
}
