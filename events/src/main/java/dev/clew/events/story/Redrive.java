// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.story;

import dev.clew.core.store.WriteBatch;
import dev.clew.events.bus.BusName;
import dev.clew.events.bus.Buses;
import dev.clew.events.bus.Target;
import dev.clew.events.delivery.Dispatcher;
import dev.clew.events.ledger.Delivery;
import dev.clew.events.ledger.EventLedger;
import dev.clew.events.ledger.FailedDelivery;
import dev.clew.events.ledger.Step;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Has failed deliveries made again: to the rule's target as it is now, or as it was if it is gone; with the limits counting anew, in
 * the same trace. What a dead-letter queue holds stays there. Safe for use by many threads.
 */
public final class Redrive {
    private static final int AT_ONCE = 100;

    private final EventLedger ledger;
    private final Buses buses;
    private final Dispatcher dispatcher;
    private final InstantSource time;
    private final ReentrantLock one = new ReentrantLock(); // two at once would owe the same delivery twice

    public Redrive(EventLedger ledger, Buses buses, Dispatcher dispatcher, InstantSource time) {
        this.ledger = ledger;
        this.buses = buses;
        this.dispatcher = dispatcher;
        this.time = time;
    }

    /** What is owed again. */
    public record Redriven(String event, String delivery, String rule, String target) {}

    /** The failed deliveries of the event, on every bus; they are owed durably when it returns. */
    public List<Redriven> event(UUID id) {
        return alone(() -> ledger.arrivals(id).stream()
                .flatMap(arrival -> ledger.failures(arrival.key()).stream())
                .toList());
    }

    /**
     * Up to {@code limit} failed deliveries of the rule, those of the oldest events first; they are owed durably when it returns.
     *
     * @param ruleArn of a rule that need not exist any more
     */
    public List<Redriven> rule(String ruleArn, int limit) {
        return alone(() -> ledger.failuresOf(ruleArn, limit));
    }

    private interface Choice {
        List<FailedDelivery> failures();
    }

    private List<Redriven> alone(Choice choice) {
        one.lock();
        try {
            var failures = choice.failures();
            var done = new ArrayList<Redriven>();
            for (int from = 0; from < failures.size(); from += AT_ONCE) {
                done.addAll(redrive(failures.subList(from, Math.min(failures.size(), from + AT_ONCE))));
            }
            return done;
        } finally {
            one.unlock();
        }
    }

    private List<Redriven> redrive(List<FailedDelivery> failures) {
        var now = time.instant();
        var batch = new WriteBatch();
        var owed = new ArrayList<Delivery>();
        for (var failure : failures) {
            var before = failure.delivery();
            var after = before.redriven(targetNow(before), now);
            ledger.redriven(batch, failure, after, step(before, after.target(), now));
            owed.add(after);
        }
        dispatcher.accept(owed, () -> ledger.commit(batch));
        return owed.stream()
                .map(delivery -> new Redriven(
                        delivery.event().id().toString(),
                        delivery.id().toString(),
                        delivery.ruleArn(),
                        delivery.target().arn()))
                .toList();
    }

    private Target targetNow(Delivery delivery) {
        return buses.rulesOf(new BusName(delivery.scope(), delivery.bus())).stream()
                .flatMap(rules -> rules.rule(delivery.rule()).stream())
                .flatMap(rule -> rule.targets().stream())
                .filter(target -> target.id().equals(delivery.target().id()))
                .findFirst()
                .orElse(delivery.target());
    }

    private static Step step(Delivery before, Target target, Instant now) {
        return new Step(
                before.id(),
                before.progress().steps(),
                Step.Outcome.REDRIVEN,
                before.progress().attempts(),
                target.arn(),
                now,
                now,
                0,
                null,
                null,
                null,
                now);
    }
}
