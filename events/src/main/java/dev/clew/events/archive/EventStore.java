// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.archive;

import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The events of all archives, in order of their times, and how many there are.
 *
 * <p>Whoever takes an event adds it to the very batch that accepts it, beside the batches of others that nobody orders. So what it
 * adds to an archive's tally is a record of its own; {@link #tidy} sums them up, the only writer of the sums. Safe for use by many
 * threads.
 */
final class EventStore {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String EVENTS = "events.archived";
    private static final String ADDED = "events.archived-tallies";
    private static final String SUMS = "events.archived-sums";
    private static final int PAGE = 1_000;

    private final Store store;
    private final ConcurrentHashMap<UUID, Tally> tallies = new ConcurrentHashMap<>();
    private final ReentrantLock sums = new ReentrantLock();

    EventStore(Store store) {
        this.store = store;
    }

    /** One page of an archive. */
    record Page(List<Archived> events, byte @Nullable [] last, boolean more) {}

    /**
     * Adds an event to {@code batch}; run the result once it is committed.
     *
     * @param entry unique for this event in this archive
     */
    Runnable stage(WriteBatch batch, UUID archive, UUID event, UUID entry, Archived archived) {
        var added = tallyOf(archived);
        batch.put(EVENTS, Keys.event(archive, archived.time(), event), JSON.writeValueAsBytes(archived));
        batch.put(ADDED, Keys.of(archive, entry), added.stored());
        return () -> tallies.computeIfPresent(archive, (id, tally) -> tally.plus(added));
    }

    private static Tally tallyOf(Archived archived) {
        return new Tally(1, archived.json().getBytes(StandardCharsets.UTF_8).length);
    }

    /** Reads the tally of {@code archive}: before the first event is added to it in this process. */
    void open(UUID archive) {
        sums.lock();
        try {
            var tally = sum(archive);
            byte[] from = Keys.of(archive);
            while (true) {
                var page = store.scan(ADDED, from, Keys.end(archive), PAGE);
                for (var entry : page) {
                    tally = tally.plus(Tally.of(entry.value()));
                    from = Keys.after(entry.key());
                }
                if (page.size() < PAGE) {
                    break;
                }
            }
            tallies.put(archive, tally);
        } finally {
            sums.unlock();
        }
    }

    boolean isOpen(UUID archive) {
        return tallies.containsKey(archive);
    }

    Tally tally(UUID archive) {
        return tallies.getOrDefault(archive, Tally.NONE);
    }

    /**
     * Events of {@code archive} with {@code from <= time <= to}, in order of their times.
     *
     * @param after key of the last one already read; null to begin
     */
    Page read(UUID archive, Instant from, Instant to, byte @Nullable [] after, int limit) {
        var first = after == null ? Keys.from(archive, from) : Keys.after(after);
        var entries = store.scan(EVENTS, first, Keys.from(archive, to.plusMillis(1)), limit);
        var events = entries.stream()
                .map(entry -> JSON.readValue(entry.value(), Archived.class))
                .toList();
        return new Page(events, entries.isEmpty() ? after : entries.getLast().key(), entries.size() == limit);
    }

    /** Sums up what was added to {@code archive}. */
    void tidy(UUID archive) {
        sums.lock();
        try {
            List<Store.Entry> page;
            do {
                page = store.scan(ADDED, Keys.of(archive), Keys.end(archive), PAGE);
                if (!page.isEmpty()) {
                    var sum = sum(archive);
                    var batch = new WriteBatch();
                    for (var entry : page) {
                        sum = sum.plus(Tally.of(entry.value()));
                        batch.delete(ADDED, entry.key());
                    }
                    store.commit(batch.put(SUMS, Keys.of(archive), sum.stored()));
                }
            } while (page.size() == PAGE);
        } finally {
            sums.unlock();
        }
    }

    /** Drops the events of {@code archive} that both happened and were accepted before {@code cutoff}. */
    void expire(UUID archive, Instant cutoff) {
        sums.lock();
        try {
            byte[] from = Keys.of(archive);
            List<Store.Entry> page;
            do {
                page = store.scan(EVENTS, from, Keys.from(archive, cutoff), PAGE);
                var gone = Tally.NONE;
                var batch = new WriteBatch();
                for (var entry : page) {
                    from = Keys.after(entry.key());
                    var archived = JSON.readValue(entry.value(), Archived.class);
                    if (archived.accepted().isBefore(cutoff)) {
                        gone = gone.plus(tallyOf(archived));
                        batch.delete(EVENTS, entry.key());
                    }
                }
                if (!batch.isEmpty()) {
                    store.commit(batch.put(
                            SUMS, Keys.of(archive), sum(archive).minus(gone).stored()));
                    var dropped = gone;
                    tallies.computeIfPresent(archive, (id, tally) -> tally.minus(dropped));
                }
            } while (page.size() == PAGE);
        } finally {
            sums.unlock();
        }
    }

    private Tally sum(UUID archive) {
        var stored = store.get(SUMS, Keys.of(archive));
        return stored == null ? Tally.NONE : Tally.of(stored);
    }

    /** Adds to {@code batch} that all of {@code archive} is dropped. */
    void drop(WriteBatch batch, UUID archive) {
        for (var table : List.of(EVENTS, ADDED, SUMS)) {
            batch.deleteRange(table, Keys.of(archive), Keys.end(archive));
        }
    }

    /** Forgets the tally of an archive that is gone. */
    void close(UUID archive) {
        tallies.remove(archive);
    }

    /** Drops what belongs to no archive of {@code known}: added by a call that was under way while its archive was deleted. */
    void dropOrphans(Set<UUID> known) {
        for (var table : List.of(EVENTS, ADDED)) {
            byte[] from = {};
            while (true) {
                var first = store.scan(table, from, null, 1);
                if (first.isEmpty()) {
                    break;
                }
                var archive = Keys.id(first.getFirst().key());
                if (!known.contains(archive)) {
                    var batch = new WriteBatch();
                    drop(batch, archive);
                    store.commit(batch);
                }
                from = Keys.end(archive);
            }
        }
    }
}
