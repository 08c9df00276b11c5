// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.graph;

import dev.clew.core.Scope;
import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.query.TimeRange;
import dev.clew.traces.store.TraceStore;
import dev.clew.traces.store.TraceWatcher;
import java.util.LinkedHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the traces of single minutes and hours add up to, in memory: so a graph costs the sum of a few of them, and only what
 * changed is read again. Safe for use by many threads.
 *
 * <p>A part that lies wholly in the window of a graph is added as it is; one that reaches over its edge is counted anew, trace
 * by trace. Hours that are over for a while are one part, younger ones sixty.
 */
final class Rollups implements TraceWatcher {
    private static final long MINUTE = 60_000_000L;
    private static final long HOUR = 60 * MINUTE;
    private static final long YOUNG = 10 * MINUTE;
    private static final int PAGE = 1_000;
    private static final long MAX_WEIGHT = 1_000_000;

    private final TraceStore traces;
    private final LongSupplier now;
    private final long retention;
    private final int maxScan;
    private final LinkedHashMap<Key, Slot> parts = new LinkedHashMap<>(256, 0.75f, true);
    private long weight;

    private record Key(Scope scope, long start, long length) {
        static Key around(Scope scope, long time, long length) {
            return new Key(scope, Math.floorDiv(time, length) * length, length);
        }

        long end() {
            return start + length;
        }
    }

    /** A place for a part; taken away when its traces change, so that what is being counted meanwhile is not kept. */
    private static final class Slot {
        @Nullable
        ServiceGraph part;
    }

    /**
     * @param now in microseconds
     * @param retention how long traces are kept, in microseconds; older ones are left out
     * @param maxScan about how many traces one graph may read
     */
    Rollups(TraceStore traces, LongSupplier now, long retention, int maxScan) {
        this.traces = traces;
        this.now = now;
        this.retention = retention;
        this.maxScan = maxScan;
    }

    @Override
    public void changed(Scope scope, TraceDigest trace) {
        forget(scope, trace.indexTime());
    }

    @Override
    public void changed(Scope scope, TraceDigest trace, @Nullable TraceDigest previous) {
        forget(scope, trace.indexTime());
        if (previous != null && previous.indexTime() != trace.indexTime()) {
            forget(scope, previous.indexTime());
        }
    }

    private synchronized void forget(Scope scope, long time) {
        remove(Key.around(scope, time, MINUTE));
        remove(Key.around(scope, time, HOUR));
    }

    private void remove(Key key) {
        var slot = parts.remove(key);
        if (slot != null && slot.part != null) {
            weight -= slot.part.weight();
        }
    }

    synchronized void clear() {
        parts.clear();
        weight = 0;
    }

    /**
     * Adds to {@code graph} all traces active in its window.
     *
     * @param lookback how far from the window their index time may lie
     * @return the time before which none was looked at, for there were too many; 0 if all were
     */
    long addTo(ServiceGraph graph, Scope scope, TimeRange window, long lookback) {
        traces.refresh(); // whoever changed a trace has told so here when this returns
        long lowest = Math.floorDiv(Math.max(window.start() - lookback, now.getAsLong() - retention), HOUR) * HOUR;
        long highest = Math.floorDiv(window.end() + lookback, HOUR) * HOUR;
        var work = new Work(graph, scope, window);
        for (long hour = highest; hour >= lowest; hour -= HOUR) {
            if (work.scanned >= maxScan) {
                return hour + HOUR;
            }
            work.hour(new Key(scope, hour, HOUR));
        }
        return 0;
    }

    private @Nullable ServiceGraph find(Key key) {
        synchronized (this) {
            var slot = parts.get(key);
            return slot == null ? null : slot.part;
        }
    }

    private synchronized Slot place(Key key) {
        remove(key);
        var slot = new Slot();
        parts.put(key, slot);
        return slot;
    }

    private synchronized void fill(Key key, Slot slot, ServiceGraph part) {
        if (parts.get(key) == slot) {
            slot.part = part;
            weight += part.weight();
            while (weight > MAX_WEIGHT && parts.size() > 1) {
                remove(parts.firstEntry().getKey());
            }
        }
    }

    /** One graph on its way. */
    private final class Work {
        private final ServiceGraph graph;
        private final Scope scope;
        private final TimeRange window;
        int scanned;

        Work(ServiceGraph graph, Scope scope, TimeRange window) {
            this.graph = graph;
            this.scope = scope;
            this.window = window;
        }

        void hour(Key hour) {
            long time = now.getAsLong();
            boolean quiet = hour.end() + YOUNG <= time || hour.start > time + YOUNG;
            if (quiet && add(hour)) {
                return;
            }
            for (long minute = hour.end() - MINUTE; minute >= hour.start; minute -= MINUTE) {
                var key = new Key(scope, minute, MINUTE);
                if (!add(key)) {
                    scan(key, graph);
                }
            }
        }

        /** Whether the part could be added, or left out, as a whole. */
        private boolean add(Key key) {
            var part = find(key);
            if (part == null) {
                var slot = place(key);
                part = ServiceGraph.part();
                scan(key, part);
                fill(key, slot, part);
            }
            if (part.liesOutside(window)) {
                return true;
            }
            if (part.liesWithin(window) && part.settled() <= now.getAsLong()) {
                graph.add(part);
                return true;
            }
            return false;
        }

        private void scan(Key key, ServiceGraph into) {
            var range = TraceStore.Range.indexed(key.start, key.end());
            byte[] position = null;
            do {
                var page = traces.scan(scope, range, position, PAGE);
                page.digests().forEach(into::add);
                scanned += page.scanned();
                position = page.next();
            } while (position != null);
        }
    }
}
