// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that was not made. It can be redriven as long as its event is kept.
 *
 * @param deadLettered whether the event is in the target's dead-letter queue
 * @param letterProblem why it could not be sent there; null if it was, or if the target has no such queue
 */
public record FailedDelivery(
        Delivery delivery,
        Verdict verdict,
        boolean deadLettered,
        @Nullable String letterProblem,
        Instant at) {}
