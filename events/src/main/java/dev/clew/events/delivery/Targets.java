// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.core.trace.TraceHeader;
import org.jspecify.annotations.Nullable;

/** What events can be delivered to. Implemented by the composition root over other features; safe for use by many threads. */
public interface Targets {
    /** Whether events can be delivered to {@code target} at all: asked when a target is put. */
    boolean supports(Arn target);

    /** Makes one attempt and waits for its outcome. Does not throw. */
    AttemptOutcome attempt(Attempt attempt);

    /**
     * One attempt.
     *
     * @param deliveryId the same for every attempt of a delivery: a target that saw it already need not act again
     * @param eventId id of the event
     * @param ruleArn on whose behalf, for the target's policy
     * @param target ARN of the target
     * @param payload JSON
     * @param trace context to hand on, or null
     * @param number 1 for the first attempt
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Attempt(
            String deliveryId,
            String eventId,
            Scope scope,
            String ruleArn,
            String target,
            byte[] payload,
            @Nullable TraceHeader trace,
            int number) {}

    /** How an attempt ended. */
    sealed interface AttemptOutcome {
        /** The target has taken responsibility for it. */
        record Delivered() implements AttemptOutcome {}

        /** It will never work as things are: no permission, no such function. */
        record Refused(String reason) implements AttemptOutcome {}

        /** It may work later. */
        record Unavailable(String reason) implements AttemptOutcome {}
    }
}
