// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import dev.clew.events.ledger.Delivery;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is owed to one target. Guarded by the lock of its {@link Backlog}.
 *
 * <p>Everything that the ledger owes up to the horizon, in order of due time, is held here; what lies behind it is not, unless by
 * chance. So a delivery that belongs behind the horizon may be let go (the next reading brings it back), and one before it never
 * is. While the ledger is being read nobody knows where the horizon will be: then everything is held.
 */
final class Lane {
    final String target;
    /** Waiting for their time. */
    final TreeSet<Delivery> waiting = new TreeSet<>(Delivery.BY_DUE_TIME);
    /** Announced, waiting, or under way: what a reading of the ledger must leave out. */
    final Set<UUID> held = new HashSet<>();

    int running;
    Instant readAgain = Instant.MIN;

    private final Set<UUID> decided = new HashSet<>(); // while the ledger was read
    private boolean reading;
    private boolean doubted; // while the ledger was read
    private boolean more; // behind the horizon
    private @Nullable Delivery horizon; // null: nothing is known to be complete

    Lane(String target) {
        this.target = target;
    }

    /** The ledger may owe anything. */
    void forget() {
        more = true;
        horizon = null;
        doubted = reading;
    }

    boolean wantsMore(int window, Instant now) {
        return more && !reading && !now.isBefore(readAgain) && (horizon == null || waiting.size() <= window / 2);
    }

    boolean isDue(Instant now) {
        return !waiting.isEmpty() && !waiting.getFirst().due().isAfter(now);
    }

    boolean isIdle() {
        return held.isEmpty() && !more && !reading;
    }

    /** When there is something to do, unless something changes. */
    Optional<Instant> next(int concurrency) {
        if (more && horizon == null && !reading) {
            return Optional.of(readAgain);
        }
        return waiting.isEmpty() || running >= concurrency
                ? Optional.empty()
                : Optional.of(waiting.getFirst().due());
    }

    /** Takes a delivery that the ledger owes, or leaves it to the ledger. */
    void place(Delivery delivery, int window) {
        if (!reading && more && (horizon == null || Delivery.BY_DUE_TIME.compare(delivery, horizon) > 0)) {
            held.remove(delivery.id());
            return;
        }
        held.add(delivery.id());
        waiting.add(delivery);
        if (!reading) {
            trim(window);
        }
    }

    /** Forgets a delivery that the ledger owes no more. */
    void letGo(UUID delivery) {
        held.remove(delivery);
        if (reading) {
            decided.add(delivery);
        }
    }

    void beginReading() {
        reading = true;
        doubted = false;
        decided.clear();
    }

    /**
     * Takes what the ledger owes first.
     *
     * @param all whether that is everything
     */
    void endReading(List<Delivery> page, boolean all, int window) {
        reading = false;
        for (var delivery : page) {
            if (!decided.contains(delivery.id()) && held.add(delivery.id())) {
                waiting.add(delivery);
            }
        }
        more = doubted || !all;
        horizon = more && !doubted ? page.getLast() : null;
        trim(window);
    }

    void failedToRead(Instant again) {
        reading = false;
        readAgain = again;
        forget();
    }

    private void trim(int window) {
        while (waiting.size() > window) {
            held.remove(waiting.removeLast().id());
            var last = waiting.getLast();
            if (!more || horizon != null && Delivery.BY_DUE_TIME.compare(last, horizon) < 0) {
                horizon = last;
            }
            more = true;
        }
    }
}
