// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.story;

import dev.clew.events.ledger.AcceptedEvent;
import dev.clew.events.ledger.DeliveryState;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** How an event fared on one bus: the worst of its deliveries decides. */
public enum EventOutcome {
    /** There was no such bus. */
    DROPPED,
    /** No rule matched. */
    UNMATCHED,
    /** Rules matched that had no targets. */
    UNTARGETED,
    /** At least one delivery was given up, and only the record is left. */
    FAILED,
    /** At least one delivery was given up, and its event is in a dead-letter queue. */
    DEAD_LETTERED,
    /** At least one delivery was tried without success, and will be again. */
    RETRYING,
    /** At least one delivery has not been tried yet. */
    PENDING,
    DELIVERED;

    static EventOutcome of(AcceptedEvent event, Collection<DeliveryState> states) {
        if (event.dropped()) {
            return DROPPED;
        }
        if (event.owes().isEmpty()) {
            return event.rules().isEmpty() ? UNMATCHED : UNTARGETED;
        }
        return states.stream()
                .map(EventOutcome::of)
                .min(EventOutcome::compareTo)
                .orElse(PENDING);
    }

    private static EventOutcome of(DeliveryState state) {
        return switch (state) {
            case PENDING -> PENDING;
            case RETRYING -> RETRYING;
            case DELIVERED -> DELIVERED;
            case DEAD_LETTERED -> DEAD_LETTERED;
            case FAILED -> FAILED;
        };
    }

    /** As people read and write it: {@code dead-lettered}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The outcome that {@code word} spells. */
    public static Optional<EventOutcome> parse(String word) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.word().equals(word))
                .findFirst();
    }
}
