// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.core.trace.TraceHeader;
import dev.clew.events.bus.TargetOptions;
import dev.clew.events.ledger.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that events can be delivered to: one kind of target is one class. Implemented by the composition root over other
 * features; safe for use by many threads.
 */
public interface Targets {
    /** Whether events can be delivered to {@code target} at all: asked when a target is put. */
    boolean supports(Arn target);

    /**
     * Makes one attempt and waits for its outcome. Does not throw. The bus limits how many run at once for each target, so a slow
     * target holds up only itself; yet every wait needs an end.
     */
    AttemptOutcome attempt(Attempt attempt);

    /** All of {@code kinds}: each target belongs to the first that supports it. */
    static Targets of(List<Targets> kinds) {
        return new TargetKinds(kinds);
    }

    /**
     * One attempt. A dead letter is one too: at its queue, with attributes.
     *
     * @param deliveryId the same for every attempt of a delivery: a target that saw it already need not act again
     * @param eventId id of the event
     * @param accepted when the bus took the event
     * @param scope account and region of the bus
     * @param ruleArn on whose behalf, for the target's policy
     * @param target ARN of the target
     * @param payload what the target gets: JSON, or whatever text a template made
     * @param trace context to hand on, or null
     * @param number 1 for the first attempt
     * @param options what the rule says beside the ARN
     * @param attributes for a queue: message attributes, all of type String
     * @param hops buses that the event was on before this one
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Attempt(
            String deliveryId,
            String eventId,
            Instant accepted,
            Scope scope,
            String ruleArn,
            String target,
            byte[] payload,
            @Nullable TraceHeader trace,
            int number,
            TargetOptions options,
            Map<String, String> attributes,
            int hops) {
        public Attempt {
            attributes = Map.copyOf(attributes);
        }
    }

    /** How an attempt ended. */
    sealed interface AttemptOutcome {
        /** The target has taken responsibility for it. */
        record Delivered() implements AttemptOutcome {}

        /** It will never work as things are: no permission, no such function. */
        record Refused(ErrorCode code, String reason) implements AttemptOutcome {}

        /**
         * It may work later.
         *
         * @param notBefore how long the target wants to be left alone; null if it did not say
         */
        record Unavailable(
                ErrorCode code, String reason, @Nullable Duration notBefore) implements AttemptOutcome {
            public Unavailable(ErrorCode code, String reason) {
                this(code, reason, null);
            }
        }
    }
}
