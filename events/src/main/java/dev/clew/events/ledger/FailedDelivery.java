// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.ledger;

import java.time.Instant;

/**
 * A delivery that will not be made.
 *
 * @param cause for people: the missing statement, the last error
 */
public record FailedDelivery(Delivery delivery, Kind kind, String cause, Instant at) {
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
