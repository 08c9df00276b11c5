// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import dev.clew.events.Calls;
import dev.clew.events.bus.Target;
import dev.clew.events.ledger.Step.Outcome;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the ledger says after it was opened anew, and after every write that may have been the last. */
final class EventLedgerTest {
    private static final Instant NOW = ManualClock.START;
    private static final UUID EVENT = new UUID(0x4000, 1);
    private static final String RULE = "arn:aws:events:us-east-1:111111111111:rule/r";

    private final ManualClock clock = new ManualClock();
    private final List<WriteBatch> written = new ArrayList<>();
    private Store store = new MemoryStore();
    private EventLedger ledger = open();

    private EventLedger open() {
        return new EventLedger(store, clock, Duration.ofDays(2));
    }

    private void commit(WriteBatch batch) {
        written.add(batch);
        ledger.commit(batch);
    }

    /** The state after the first {@code batches} writes: a torn one counts as never written. */
    private void tearAfter(int batches) {
        store = new MemoryStore();
        written.subList(0, batches).forEach(store::commit);
        ledger = open();
    }

    private static Delivery delivery(long id, String target) {
        return new Delivery(
                new UUID(0x4000, id),
                new AcceptedEvent.Key(EVENT, EVENT, NOW),
                Calls.HERE,
                "default",
                "r",
                RULE,
                Target.of("t" + id, target),
                "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
                0,
                Progress.accepted(NOW));
    }

    private static Step step(Delivery delivery, Outcome outcome, @Nullable Instant next) {
        return new Step(
                delivery.id(),
                delivery.progress().steps(),
                outcome,
                delivery.progress().attempts() + 1,
                delivery.target().arn(),
                NOW,
                NOW,
                5,
                outcome == Outcome.DELIVERED ? null : ErrorCode.TIMEOUT,
                outcome == Outcome.DELIVERED ? null : "no answer",
                null,
                next);
    }

    private List<Delivery> accept() {
        var owed = List.of(delivery(2, "arn:a"), delivery(3, "arn:a:longer"), delivery(4, "arn:b"));
        var event = new AcceptedEvent(
                        EVENT,
                        EVENT,
                        Calls.HERE,
                        "default",
                        false,
                        NOW,
                        "a",
                        "t",
                        "{\"n\":1.50}",
                        "",
                        0,
                        AcceptedEvent.PUT_EVENTS,
                        List.of(),
                        List.of())
                .owing(List.of("r"), owed);
        var batch = new WriteBatch();
        ledger.accept(batch, event, owed);
        commit(batch);
        return owed;
    }

    private List<UUID> owed() {
        return ledger.owedTargets().stream()
                .flatMap(target -> ledger.owed(target, 100).stream())
                .map(Delivery::id)
                .toList();
    }

    @Test
    void everythingIsThereAfterReopening() {
        var deliveries = accept();
        ledger = open();
        assertThat(ledger.owedTargets()).containsExactly("arn:a", "arn:a:longer", "arn:b");
        assertThat(ledger.owed("arn:a", 10)).containsExactly(deliveries.getFirst());
        var event = ledger.event(deliveries.getFirst().event()).orElseThrow();
        assertThat(event.json()).isEqualTo("{\"n\":1.50}");
        assertThat(event.owes()).hasSize(3);
        assertThat(ledger.arrivals(EVENT)).containsExactly(event);
        assertThat(ledger.arrivals(new UUID(0x4000, 9))).isEmpty();
        assertThat(ledger.countOwed()).isEqualTo(3);
    }

    @Test
    void everyDeliveryStandsSomewhereAfterEachWrite() {
        var owed = accept();
        var first = owed.get(0);
        var retried = first.retryAt(NOW.plusSeconds(9), NOW, ErrorCode.TIMEOUT, "no answer");
        var batch = new WriteBatch();
        ledger.putOff(batch, first, retried, step(first, Outcome.RETRIED, NOW.plusSeconds(9)));
        commit(batch);
        var second = owed.get(1);
        batch = new WriteBatch();
        ledger.delivered(batch, second, step(second, Outcome.DELIVERED, null));
        commit(batch);
        var third = owed.get(2);
        var verdict = new Verdict(Verdict.Kind.REFUSED, ErrorCode.NO_PERMISSIONS, "no statement", null, 0, NOW);
        batch = new WriteBatch();
        var failure = new FailedDelivery(third.condemned(verdict, true, NOW), verdict, false, null, NOW);
        ledger.failed(batch, third, failure, step(third, Outcome.REFUSED, null));
        commit(batch);
        batch = new WriteBatch();
        ledger.delivered(batch, retried, step(retried, Outcome.DELIVERED, null));
        commit(batch);
        var again = failure.delivery().redriven(third.target(), NOW);
        batch = new WriteBatch();
        ledger.redriven(batch, failure, again, step(failure.delivery(), Outcome.REDRIVEN, NOW));
        commit(batch);

        tearAfter(0);
        assertThat(ledger.arrivals(EVENT)).isEmpty();
        assertThat(owed()).isEmpty();
        tearAfter(1);
        assertThat(owed()).containsExactly(first.id(), second.id(), third.id());
        assertThat(ledger.steps(first.event())).isEmpty();
        tearAfter(2);
        assertThat(owed()).hasSize(3);
        assertThat(ledger.owed("arn:a", 10)).containsExactly(retried);
        tearAfter(3);
        assertThat(owed()).containsExactly(first.id(), third.id());
        tearAfter(4);
        assertThat(owed()).containsExactly(first.id());
        assertThat(ledger.failures(third.event())).containsExactly(failure);
        assertThat(ledger.failuresOf(RULE, 10)).containsExactly(failure);
        assertThat(ledger.failuresOf(RULE + "2", 10)).isEmpty();
        tearAfter(5);
        assertThat(owed()).isEmpty();
        assertThat(ledger.steps(first.event()))
                .extracting(Step::outcome)
                .containsExactly(Outcome.RETRIED, Outcome.DELIVERED, Outcome.DELIVERED, Outcome.REFUSED);
        tearAfter(6);
        assertThat(owed()).containsExactly(third.id());
        assertThat(ledger.owed("arn:b", 10)).containsExactly(again);
        assertThat(ledger.failures(third.event())).isEmpty();
    }

    @Test
    void readsWhatIsOwedInOrderOfItsTime() {
        var owed = accept();
        var first = owed.getFirst();
        var batch = new WriteBatch();
        for (int i = 10; i > 0; i--) {
            var more = delivery(100 + i, "arn:a").retryAt(NOW.plusSeconds(i), NOW, ErrorCode.TIMEOUT, "no answer");
            ledger.putOff(batch, delivery(100 + i, "arn:a"), more, step(more, Outcome.RETRIED, null));
        }
        commit(batch);
        assertThat(ledger.owed("arn:a", 4))
                .extracting(Delivery::due)
                .containsExactly(first.due(), NOW.plusSeconds(1), NOW.plusSeconds(2), NOW.plusSeconds(3));
    }

    @Test
    void forgetsWholeDaysOnceTheyArePastRetention() {
        var key = accept().getFirst().event();
        clock.advance(Duration.ofHours(49));
        ledger.forgetOld();
        assertThat(ledger.event(key)).isPresent();
        clock.advance(Duration.ofDays(1));
        ledger.forgetOld();
        assertThat(ledger.event(key)).isEmpty();
        assertThat(owed()).as("what is owed is not forgotten").hasSize(3);
    }
}
