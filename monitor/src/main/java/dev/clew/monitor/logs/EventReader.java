// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import dev.clew.core.store.Store;
import dev.clew.core.store.Store.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads the events of a group in the order of time, which is the order of their keys: a group's events lie together
 * whatever their streams, since most searches are over the group.
 *
 * <p>One call holds at most a page of {@value #PAGE_BYTES} bytes and looks at no more than {@value #MOST_SCANNED} events
 * or {@value #MOST_SCANNED_BYTES} bytes; the page then says where to go on.
 */
final class EventReader {
    static final String TABLE = "logs.events";

    private static final int PAGE_BYTES = 1024 * 1024;
    private static final int MOST_SCANNED = 100_000;
    private static final long MOST_SCANNED_BYTES = 64L * 1024 * 1024;
    private static final int SMALLEST_STEP = 8;
    private static final int LARGEST_STEP = 256;
    private static final int STEP_BYTES = 512 * 1024;

    /** From old to new, or back. */
    enum Direction {
        FORWARD,
        BACKWARD
    }

    /**
     * Some of the events asked for.
     *
     * @param events from old to new in either direction
     * @param next where to go on, in the same direction
     * @param complete whether there are no more
     */
    record Page(List<Event> events, Position next, boolean complete) {}

    private final Store store;
    private final DeletedStreams deleted;

    EventReader(Store store, DeletedStreams deleted) {
        this.store = store;
        this.deleted = deleted;
    }

    /** Events from {@code low} to before {@code high} that are {@code wanted}; BACKWARD takes the newest ones first. */
    Page read(Group group, Position low, Position high, Direction direction, Predicate<Event> wanted, int limit) {
        var search = new Search(direction, wanted, limit, low, high);
        int step = SMALLEST_STEP;
        while (search.low.compareTo(search.high) < 0) {
            var from = search.low.key(group.id());
            var to = search.high.key(group.id());
            var entries = direction == Direction.FORWARD
                    ? store.scan(TABLE, from, to, step)
                    : store.scanBackward(TABLE, from, to, step);
            long bytes = search.scannedBytes;
            if (!search.take(entries)) {
                return search.page(false);
            }
            if (entries.size() < step) {
                break;
            }
            step = search.scannedBytes - bytes > STEP_BYTES ? SMALLEST_STEP : Math.min(2 * step, LARGEST_STEP);
        }
        return search.page(true);
    }

    private final class Search {
        private final Direction direction;
        private final Predicate<Event> wanted;
        private final int limit;
        private final List<Event> found = new ArrayList<>();
        private long foundBytes;
        private int scanned;
        private long scannedBytes;
        private Position low;
        private Position high;

        Search(Direction direction, Predicate<Event> wanted, int limit, Position low, Position high) {
            this.direction = direction;
            this.wanted = wanted;
            this.limit = limit;
            this.low = low;
            this.high = high;
        }

        /** Whether the search may go on after {@code entries}. */
        boolean take(List<Entry> entries) {
            for (var entry : entries) {
                int size = entry.value().length;
                var event = Event.decode(entry);
                boolean hit = !deleted.contains(event.streamId()) && wanted.test(event);
                if (hit && foundBytes + size > PAGE_BYTES && !found.isEmpty()) {
                    return false;
                }
                if (hit) {
                    found.add(event);
                    foundBytes += size;
                }
                if (direction == Direction.FORWARD) {
                    low = event.position().next();
                } else {
                    high = event.position();
                }
                scanned++;
                scannedBytes += size;
                if (found.size() == limit || scanned == MOST_SCANNED || scannedBytes >= MOST_SCANNED_BYTES) {
                    return false;
                }
            }
            return true;
        }

        Page page(boolean complete) {
            return direction == Direction.FORWARD
                    ? new Page(found, low, complete)
                    : new Page(found.reversed(), high, complete);
        }
    }
}
