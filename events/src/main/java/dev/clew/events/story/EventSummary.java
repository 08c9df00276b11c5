// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.story;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event on one bus, in a list.
 *
 * @param trace id of its trace; null if it has none
 * @param matched names of the rules that matched
 * @param cause of the worst delivery; null if all is well
 */
public record EventSummary(
        String id,
        String bus,
        String account,
        String region,
        Instant accepted,
        String source,
        String detailType,
        EventOutcome outcome,
        @Nullable String trace,
        List<String> matched,
        List<EventStory.DeliveryStory> deliveries,
        @Nullable String cause) {
    public EventSummary {
        matched = List.copyOf(matched);
        deliveries = List.copyOf(deliveries);
    }

    /**
     * A page of them, the latest first.
     *
     * @param next where to go on; null at the end. A page may be short, or empty, and have a next one: it looked at its share
     */
    public record Page(List<EventSummary> events, @Nullable String next) {
        public Page {
            events = List.copyOf(events);
        }
    }
}
