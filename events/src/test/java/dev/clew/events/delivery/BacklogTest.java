// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.store.WriteBatch;
import dev.clew.events.Calls;
import dev.clew.events.bus.Target;
import dev.clew.events.ledger.AcceptedEvent;
import dev.clew.events.ledger.Delivery;
import dev.clew.events.ledger.ErrorCode;
import dev.clew.events.ledger.EventLedger;
import dev.clew.events.ledger.Progress;
import dev.clew.events.ledger.Step;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class BacklogTest {
    private static final Instant NOW = ManualClock.START;
    private static final int WINDOW = 8;
    private static final int CONCURRENCY = 2;

    private final MemoryStore store = new MemoryStore();
    private final EventLedger ledger = new EventLedger(store, new ManualClock(), Duration.ofDays(2));
    private Backlog backlog = new Backlog(ledger, WINDOW, CONCURRENCY);
    private long next = 1;

    private Delivery delivery(String target, Duration due) {
        var id = new UUID(0x4000, next++);
        var fresh = new Delivery(
                id,
                new AcceptedEvent.Key(id, id, NOW),
                Calls.HERE,
                "default",
                "r",
                "arn:aws:events:us-east-1:111111111111:rule/r",
                Target.of("1", "arn:aws:lambda:us-east-1:111111111111:function:" + target),
                "",
                0,
                Progress.accepted(NOW));
        return due.isZero() ? fresh : fresh.retryAt(NOW.plus(due), NOW, ErrorCode.THROTTLING, "busy");
    }

    private void accept(List<Delivery> deliveries) {
        backlog.announce(deliveries);
        var batch = new WriteBatch();
        for (var delivery : deliveries) {
            var event = new AcceptedEvent(
                    delivery.event().id(),
                    delivery.event().arrival(),
                    Calls.HERE,
                    "default",
                    false,
                    NOW,
                    "a",
                    "t",
                    "{}",
                    "",
                    0,
                    AcceptedEvent.PUT_EVENTS,
                    List.of(),
                    List.of());
            ledger.accept(batch, event, List.of(delivery));
        }
        ledger.commit(batch);
        backlog.offer(deliveries);
    }

    private void accept(int count, String target, Duration due) {
        var deliveries = new ArrayList<Delivery>();
        for (int i = 0; i < count; i++) {
            deliveries.add(delivery(target, due.plusMillis(due.isZero() ? 0 : i)));
        }
        accept(deliveries);
    }

    private void restart() {
        backlog = new Backlog(ledger, WINDOW, CONCURRENCY);
        backlog.open();
    }

    private static String name(Delivery delivery) {
        var arn = delivery.target().arn();
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    @Test
    void aSlowTargetHoldsUpOnlyItself() {
        accept(1_000, "slow", Duration.ZERO);
        var begun = backlog.take(NOW);
        assertThat(begun)
                .hasSize(CONCURRENCY)
                .allMatch(delivery -> name(delivery).equals("slow"));
        assertThat(backlog.take(NOW)).isEmpty();
        accept(1, "quick", Duration.ZERO);
        assertThat(backlog.take(NOW))
                .singleElement()
                .matches(delivery -> name(delivery).equals("quick"));
        restart();
        accept(1, "another", Duration.ZERO);
        assertThat(backlog.take(NOW).stream().map(BacklogTest::name))
                .containsExactlyInAnyOrder("slow", "slow", "quick", "another");
    }

    @Test
    void whatWaitsLongCostsNoMemory() {
        accept(5_000, "down", Duration.ofHours(1));
        backlog.take(NOW);
        assertThat(backlog.held()).isLessThanOrEqualTo(WINDOW);
        restart();
        assertThat(backlog.take(NOW)).isEmpty();
        assertThat(backlog.held()).isLessThanOrEqualTo(WINDOW);
        assertThat(backlog.untilNext(NOW)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void whatIsDueNowDoesNotStandBehindWhatWaits() {
        accept(100, "t", Duration.ofHours(1));
        backlog.take(NOW);
        accept(1, "t", Duration.ZERO);
        assertThat(backlog.take(NOW)).hasSize(1);
        accept(1, "t", Duration.ofSeconds(1));
        assertThat(backlog.take(NOW.plusSeconds(2))).hasSize(1);
    }

    @Test
    void everythingIsTakenOnceInOrderOfItsTime() {
        accept(100, "t", Duration.ofSeconds(1));
        accept(50, "t", Duration.ZERO);
        var taken = new ArrayList<Delivery>();
        List<Delivery> some;
        do {
            some = backlog.take(NOW.plusSeconds(5));
            for (var delivery : some) {
                var batch = new WriteBatch();
                var step =
                        new Step(delivery.id(), 0, Step.Outcome.DELIVERED, 1, "", NOW, NOW, 0, null, null, null, null);
                ledger.delivered(batch, delivery, step);
                ledger.commit(batch);
                backlog.ended(delivery);
            }
            taken.addAll(some);
        } while (!some.isEmpty());
        assertThat(taken).hasSize(150).doesNotHaveDuplicates();
        assertThat(taken.stream().map(Delivery::due)).isSorted();
        assertThat(backlog.size()).isZero();
        assertThat(backlog.held()).isZero();
    }

    @Test
    void whatCouldNotBeDecidedComesBackAfterAWhile() {
        accept(1, "t", Duration.ZERO);
        var taken = backlog.take(NOW).getFirst();
        backlog.undecided(taken, NOW);
        assertThat(backlog.take(NOW)).isEmpty();
        assertThat(backlog.take(NOW.plusSeconds(1))).containsExactly(taken);
    }

    @Test
    void countsWhatIsOwedAfterARestart() {
        accept(2_500, "t", Duration.ofHours(1));
        restart();
        assertThat(backlog.size()).isZero();
        backlog.count();
        assertThat(backlog.size()).isEqualTo(2_500);
    }
}
