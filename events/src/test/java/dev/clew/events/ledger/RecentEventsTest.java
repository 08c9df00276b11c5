// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.Scope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecentEventsTest {
    private final RecentEvents recent = new RecentEvents(10);

    @Test
    void keepsTheLatestThatFit() {
        var events = List.of(event(1, "{1234}"), event(2, "{12}"), event(3, "{}"));

        events.forEach(recent::add);

        assertThat(recent.find(events.get(0).key())).isEmpty();
        assertThat(recent.find(events.get(1).key())).contains(events.get(1));
        assertThat(recent.find(events.get(2).key())).contains(events.get(2));
    }

    @Test
    void countsAnEventOnce() {
        var first = event(1, "{1234}");
        var second = event(2, "{12}");

        List.of(first, first, second).forEach(recent::add);

        assertThat(recent.find(first.key())).contains(first);
        assertThat(recent.find(second.key())).contains(second);
    }

    @Test
    void doesNotClearItselfForOneThatNeverFits() {
        var small = event(1, "{}");

        List.of(small, event(2, "{123456789}")).forEach(recent::add);

        assertThat(recent.find(small.key())).contains(small);
    }

    private static AcceptedEvent event(int number, String json) {
        var id = new UUID(0, number);
        return new AcceptedEvent(
                id,
                id,
                new Scope("111111111111", "us-east-1"),
                "default",
                false,
                Instant.EPOCH,
                "s",
                "d",
                json,
                "",
                0,
                AcceptedEvent.PUT_EVENTS,
                List.of(),
                List.of());
    }
}
