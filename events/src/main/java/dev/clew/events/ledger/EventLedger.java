// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.ledger;

import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The durable record of the bus: events by day, deliveries owed in order of their due time, deliveries that failed by day.
 *
 * <p>Each decision is one batch: accepted with everything it owes, delivered, put off, failed. There is no other state: what is
 * owed after a crash is what the table of owed deliveries holds. Safe for use by many threads.
 */
public final class EventLedger {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String OWED = "events.owed";
    private static final String EVENTS = "events.accepted-";
    private static final String FAILED = "events.failed-";
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final Store store;
    private final InstantSource time;
    private final Duration retention;

    /** @param retention how long events and failed deliveries are kept; longer than any delivery is tried */
    public EventLedger(Store store, InstantSource time, Duration retention) {
        this.store = store;
        this.time = time;
        this.retention = retention;
    }

    /** Adds an event and what it owes to {@code batch}. */
    public void accept(WriteBatch batch, AcceptedEvent event, List<Delivery> owed) {
        batch.put(EVENTS + day(event.accepted()), key(event.id()), JSON.writeValueAsBytes(event));
        owed.forEach(delivery -> batch.put(OWED, owedKey(delivery), JSON.writeValueAsBytes(delivery)));
    }

    /** Adds to {@code batch} that {@code delivery} was made. */
    public void delivered(WriteBatch batch, Delivery delivery) {
        batch.delete(OWED, owedKey(delivery));
    }

    /** Adds to {@code batch} that {@code before} is to be tried again as {@code after}. */
    public void putOff(WriteBatch batch, Delivery before, Delivery after) {
        batch.delete(OWED, owedKey(before));
        batch.put(OWED, owedKey(after), JSON.writeValueAsBytes(after));
    }

    /** Adds to {@code batch} that the delivery ended without being made. */
    public void failed(WriteBatch batch, FailedDelivery failure) {
        var delivery = failure.delivery();
        batch.delete(OWED, owedKey(delivery));
        batch.put(
                FAILED + day(delivery.accepted()),
                join(key(delivery.event()), key(delivery.id())),
                JSON.writeValueAsBytes(failure));
    }

    public void commit(WriteBatch batch) {
        store.commit(batch);
    }

    /**
     * Up to {@code limit} owed deliveries in order of their due time.
     *
     * @param after the last one already read; null to begin
     */
    public List<Delivery> owed(@Nullable Delivery after, int limit) {
        var from = after == null ? new byte[0] : join(owedKey(after), new byte[1]);
        return store.scan(OWED, from, null, limit).stream()
                .map(entry -> JSON.readValue(entry.value(), Delivery.class))
                .toList();
    }

    /** The event with this id, accepted at about {@code accepted}. */
    public Optional<AcceptedEvent> event(UUID id, Instant accepted) {
        var stored = store.get(EVENTS + day(accepted), key(id));
        return stored == null ? Optional.empty() : Optional.of(JSON.readValue(stored, AcceptedEvent.class));
    }

    /** The deliveries of an event that failed. */
    public List<FailedDelivery> failures(UUID event, Instant accepted) {
        var prefix = key(event);
        var failures = new ArrayList<FailedDelivery>();
        for (var entry : store.scan(FAILED + day(accepted), prefix, null, 1_000)) {
            if (!ByteBuffer.wrap(entry.key(), 0, prefix.length).equals(ByteBuffer.wrap(prefix))) {
                break;
            }
            failures.add(JSON.readValue(entry.value(), FailedDelivery.class));
        }
        return failures;
    }

    /** Drops the days that are past retention. */
    public void forgetOld() {
        long oldest = day(time.instant().minus(retention));
        for (var table : store.tables()) {
            for (var prefix : List.of(EVENTS, FAILED)) {
                if (table.startsWith(prefix) && Long.parseLong(table.substring(prefix.length())) < oldest) {
                    store.drop(table);
                }
            }
        }
    }

    private static long day(Instant instant) {
        return Math.floorDiv(instant.toEpochMilli(), DAY);
    }

    private static byte[] key(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static byte[] owedKey(Delivery delivery) {
        var due = ByteBuffer.allocate(8).putLong(delivery.due().toEpochMilli()).array();
        return join(due, key(delivery.id()));
    }

    private static byte[] join(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
