// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.graph;

import dev.clew.traces.api.HistogramEntry;
import java.util.List;
import java.util.TreeMap;

/**
 * How durations spread: one entry per distinct millisecond, or, once there are too many, per ten, hundred, thousand
 * milliseconds. Not safe for use by many threads.
 */
final class Histogram {
    private static final int MAX_ENTRIES = 1_000;
    private static final long COARSEST = 1_000;

    private TreeMap<Long, Integer> counts = new TreeMap<>();
    private long step = 1;

    void count(long micros) {
        count(Math.round(micros / 1_000.0), 1);
    }

    private void count(long millis, int times) {
        counts.merge(rounded(millis, step), times, Integer::sum);
        while (counts.size() > MAX_ENTRIES && step < COARSEST) {
            coarsen();
        }
    }

    /** Counts what {@code other} counted. */
    void add(Histogram other) {
        while (step < other.step) {
            coarsen();
        }
        other.counts.forEach(this::count);
    }

    /** How many numbers it holds. */
    int size() {
        return counts.size();
    }

    private void coarsen() {
        step *= 10;
        var coarse = new TreeMap<Long, Integer>();
        counts.forEach((value, count) -> coarse.merge(rounded(value, step), count, Integer::sum));
        counts = coarse;
    }

    private static long rounded(long millis, long step) {
        return Math.round((double) millis / step) * step;
    }

    List<HistogramEntry> entries() {
        return counts.entrySet().stream()
                .map(entry -> new HistogramEntry(entry.getKey() / 1_000.0, entry.getValue()))
                .toList();
    }
}
