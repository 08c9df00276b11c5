// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.story;

import dev.clew.events.ledger.DeliveryState;
import dev.clew.events.ledger.ErrorCode;
import dev.clew.events.ledger.Step;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of one event.
 *
 * @param arrivals one for each bus that it came to, the first first
 */
public record EventStory(String id, List<OnBus> arrivals) {
    public EventStory {
        arrivals = List.copyOf(arrivals);
    }

    /**
     * What became of it on one bus.
     *
     * @param bus name of the bus
     * @param via what put it there: {@code PutEvents}, or an ARN
     * @param hops buses that it was on before
     * @param trace id of its trace; null if it has none
     * @param event the event's JSON, verbatim
     * @param matched names of the rules that matched when it came
     * @param misses rules of today that did not match then, the nearest first: compared on demand, so a rule that was changed since
     *     says so by matching now
     */
    public record OnBus(
            String bus,
            String account,
            String region,
            Instant accepted,
            String source,
            String detailType,
            String via,
            int hops,
            EventOutcome outcome,
            @Nullable String trace,
            String event,
            List<String> matched,
            List<DeliveryStory> deliveries,
            List<Miss> misses) {
        public OnBus {
            matched = List.copyOf(matched);
            deliveries = List.copyOf(deliveries);
            misses = List.copyOf(misses);
        }
    }

    /**
     * One delivery.
     *
     * @param rule ARN
     * @param target ARN
     * @param code why the last attempt at the target failed; null if it did not
     * @param cause the same for people
     * @param exhausted the limit that ended it; null if none did
     * @param next when the next attempt is due; null if there is none
     * @param deadLetterQueue where the event is now; null if it is in none
     */
    public record DeliveryStory(
            String id,
            String rule,
            String targetId,
            String target,
            DeliveryState state,
            @Nullable ErrorCode code,
            @Nullable String cause,
            @Nullable String exhausted,
            @Nullable Instant next,
            @Nullable String deadLetterQueue,
            List<Step> steps) {
        public DeliveryStory {
            steps = List.copyOf(steps);
        }
    }

    /**
     * Why a rule did not take the event.
     *
     * @param rule name of the rule
     * @param reason the whole answer in one sentence
     * @param path of the first clause that failed; null if none did
     * @param expected the clause as the pattern has it; null if none failed
     * @param saw what the event has there; null if none failed
     * @param held clauses that the event satisfies
     * @param clauses of the pattern
     */
    public record Miss(
            String rule,
            String reason,
            @Nullable String path,
            @Nullable String expected,
            @Nullable String saw,
            int held,
            int clauses) {}
}
