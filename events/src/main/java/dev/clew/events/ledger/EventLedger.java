// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.ledger;

import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The durable record of the bus: events and the history of their deliveries by day, what is owed by target and due time.
 *
 * <p>Each decision is one batch: accepted with everything it owes, delivered, put off, given up, redriven. There is no other
 * state: what is owed after a crash is what the table of owed deliveries holds. Safe for use by many threads.
 */
public final class EventLedger {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int PAGE = 1_000;

    private static final int RECENT_CHARACTERS = 8 << 20;

    private final Store store;
    private final InstantSource time;
    private final Duration retention;
    private final RecentEvents recent = new RecentEvents(RECENT_CHARACTERS);

    /** @param retention how long events and their history are kept; longer than any delivery is tried */
    public EventLedger(Store store, InstantSource time, Duration retention) {
        this.store = store;
        this.time = time;
        this.retention = retention;
    }

    /** Adds an event and what it owes to {@code batch}. */
    public void accept(WriteBatch batch, AcceptedEvent event, List<Delivery> owed) {
        long day = Tables.day(event.accepted());
        batch.put(Tables.EVENTS + day, Keys.event(event.key()), EventRow.of(event));
        batch.put(Tables.TIMES + day, Keys.time(event.key()), EventRow.of(Heading.of(event)));
        owed.forEach(delivery -> owe(batch, delivery));
        if (!owed.isEmpty()) {
            recent.add(event);
        }
    }

    private static void owe(WriteBatch batch, Delivery delivery) {
        batch.put(Tables.OWED, Keys.owed(delivery), JSON.writeValueAsBytes(delivery));
    }

    private static void settle(WriteBatch batch, Delivery delivery, Step step) {
        batch.delete(Tables.OWED, Keys.owed(delivery));
        record(batch, delivery, step);
    }

    private static void record(WriteBatch batch, Delivery delivery, Step step) {
        batch.put(
                Tables.STEPS + Tables.day(delivery.event().accepted()),
                Keys.step(delivery, step.number()),
                JSON.writeValueAsBytes(step));
    }

    /** Adds to {@code batch} that {@code delivery} was made. */
    public void delivered(WriteBatch batch, Delivery delivery, Step step) {
        settle(batch, delivery, step);
    }

    /** Adds to {@code batch} that {@code before} is to be tried again as {@code after}. */
    public void putOff(WriteBatch batch, Delivery before, Delivery after, Step step) {
        settle(batch, before, step);
        owe(batch, after);
    }

    /** Adds to {@code batch} that the delivery ended without being made. */
    public void failed(WriteBatch batch, Delivery before, FailedDelivery failure, Step step) {
        settle(batch, before, step);
        batch.put(
                Tables.FAILED + Tables.day(before.event().accepted()),
                Keys.delivery(before),
                JSON.writeValueAsBytes(failure));
    }

    /** Adds to {@code batch} that a delivery that had failed is owed again as {@code after}. */
    public void redriven(WriteBatch batch, FailedDelivery failure, Delivery after, Step step) {
        var before = failure.delivery();
        batch.delete(Tables.FAILED + Tables.day(before.event().accepted()), Keys.delivery(before));
        record(batch, before, step);
        owe(batch, after);
    }

    public void commit(WriteBatch batch) {
        store.commit(batch);
    }

    /** The targets to which something is owed. */
    public List<String> owedTargets() {
        var targets = new ArrayList<String>();
        byte[] from = {};
        while (true) {
            var first = store.scan(Tables.OWED, from, null, 1);
            if (first.isEmpty()) {
                return targets;
            }
            var target = Keys.targetOf(first.getFirst().key());
            targets.add(target);
            from = Keys.afterTarget(target);
        }
    }

    /** Up to {@code limit} deliveries owed to {@code target}, those due first. */
    public List<Delivery> owed(String target, int limit) {
        return store.scan(Tables.OWED, Keys.target(target), Keys.afterTarget(target), limit).stream()
                .map(entry -> JSON.readValue(entry.value(), Delivery.class))
                .toList();
    }

    /** How many deliveries are owed; reads them all. */
    public long countOwed() {
        long count = 0;
        byte[] from = {};
        while (true) {
            var page = store.scan(Tables.OWED, from, null, PAGE);
            count += page.size();
            if (page.size() < PAGE) {
                return count;
            }
            from = Keys.after(page.getLast().key());
        }
    }

    /** The arrival of an event that {@code key} names. */
    public Optional<AcceptedEvent> event(AcceptedEvent.Key key) {
        return recent.find(key).or(() -> stored(key));
    }

    private Optional<AcceptedEvent> stored(AcceptedEvent.Key key) {
        var stored = store.get(Tables.EVENTS + Tables.day(key.accepted()), Keys.event(key));
        return stored == null ? Optional.empty() : Optional.of(EventRow.event(stored));
    }

    /** Whether the event {@code id} has made this arrival, at {@code since} or later. */
    public boolean arrived(UUID id, UUID arrival, Instant since) {
        for (long day = Tables.day(since); day <= Tables.day(time.instant()); day++) {
            if (store.get(Tables.EVENTS + day, Keys.arrival(id, arrival)) != null) {
                return true;
            }
        }
        return false;
    }

    /** Every arrival of the event {@code id}, the first first. */
    public List<AcceptedEvent> arrivals(UUID id) {
        var arrivals = new ArrayList<AcceptedEvent>();
        for (long day : days(Tables.EVENTS)) {
            arrivals.addAll(all(Tables.EVENTS + day, Keys.of(id), EventRow::event));
        }
        arrivals.sort((left, right) -> left.accepted().compareTo(right.accepted()));
        return arrivals;
    }

    /** The history of each delivery of an arrival, in order. */
    public List<Step> steps(AcceptedEvent.Key event) {
        return all(
                Tables.STEPS + Tables.day(event.accepted()), Keys.event(event), row -> JSON.readValue(row, Step.class));
    }

    /** The deliveries of an arrival that failed and were not redriven. */
    public List<FailedDelivery> failures(AcceptedEvent.Key event) {
        return all(
                Tables.FAILED + Tables.day(event.accepted()),
                Keys.event(event),
                row -> JSON.readValue(row, FailedDelivery.class));
    }

    /** Up to {@code limit} deliveries of the rule that failed and were not redriven, those of the oldest events first. */
    public List<FailedDelivery> failuresOf(String ruleArn, int limit) {
        var failures = new ArrayList<FailedDelivery>();
        for (long day : days(Tables.FAILED)) {
            byte[] from = {};
            List<Store.Entry> page;
            do {
                page = store.scan(Tables.FAILED + day, from, null, PAGE);
                for (var entry : page) {
                    var failure = JSON.readValue(entry.value(), FailedDelivery.class);
                    if (failure.delivery().ruleArn().equals(ruleArn) && failures.size() < limit) {
                        failures.add(failure);
                    }
                    from = Keys.after(entry.key());
                }
            } while (page.size() == PAGE && failures.size() < limit);
        }
        return failures;
    }

    /**
     * Shows headings of arrivals from the latest to the earliest, until {@code visitor} has seen enough.
     *
     * @param until exclusive
     * @param before only what comes after this one, in this order; null to begin
     * @param visitor false ends it
     */
    public void latest(
            Instant since, Instant until, AcceptedEvent.@Nullable Key before, Function<Heading, Boolean> visitor) {
        var end = before == null ? Keys.time(until) : Keys.time(before);
        for (long day : days(Tables.TIMES).reversed()) {
            if (day < Tables.day(since)) {
                return;
            }
            var to = end;
            List<Store.Entry> page;
            do {
                page = store.scanBackward(Tables.TIMES + day, Keys.time(since), to, PAGE);
                for (var entry : page) {
                    if (!visitor.apply(EventRow.heading(entry.value()))) {
                        return;
                    }
                    to = entry.key();
                }
            } while (page.size() == PAGE);
        }
    }

    private <T> List<T> all(String table, byte[] prefix, Function<byte[], T> read) {
        var all = new ArrayList<T>();
        var from = prefix;
        var to = Keys.end(prefix);
        while (true) {
            var page = store.scan(table, from, to, PAGE);
            page.forEach(entry -> all.add(read.apply(entry.value())));
            if (page.size() < PAGE) {
                return all;
            }
            from = Keys.after(page.getLast().key());
        }
    }

    /** The days of which there are tables, the first first. */
    private List<Long> days(String prefix) {
        return store.tables().stream()
                .filter(table -> table.startsWith(prefix))
                .map(table -> Long.parseLong(table.substring(prefix.length())))
                .sorted()
                .toList();
    }

    /** Drops the days that are past retention. */
    public void forgetOld() {
        recent.clear();
        long oldest = Tables.day(time.instant().minus(retention));
        for (var prefix : Tables.BY_DAY) {
            days(prefix).stream().filter(day -> day < oldest).forEach(day -> store.drop(prefix + day));
        }
    }
}
