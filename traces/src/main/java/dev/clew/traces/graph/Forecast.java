// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.graph;

import dev.clew.traces.api.ForecastStatistics;
import dev.clew.traces.document.Status;
import dev.clew.traces.forecast.Baseline;
import java.util.TreeMap;

/**
 * How many faults were to be expected in a period, from the minutes before it. Not safe for use by many threads.
 *
 * <p>By the model that insights are made with.
 */
final class Forecast {
    /** How much of the past before a period it is made of; what is older counts next to nothing. */
    static final long PAST = 60L * 60 * 1_000_000;

    private static final long MINUTE = 60L * 1_000_000;

    private final TreeMap<Long, long[]> minutes = new TreeMap<>();

    /** @param end in microseconds */
    void count(long end, Status status) {
        var counts = minutes.computeIfAbsent(Math.floorDiv(end, MINUTE), minute -> new long[2]);
        counts[0]++;
        counts[1] += status.fault() ? 1 : 0;
    }

    /**
     * The range for a period of {@code total} requests.
     *
     * @param start of the period, in microseconds
     */
    ForecastStatistics expected(long start, long total) {
        var baseline = Baseline.EMPTY;
        var past = minutes.subMap(Math.floorDiv(start - PAST, MINUTE), Math.floorDiv(start, MINUTE));
        for (var counts : past.values()) {
            baseline = baseline.after(counts[0], counts[1]);
        }
        var expected = baseline.expected(total);
        return ForecastStatistics.builder()
                .faultCountHigh((long) Math.floor(expected.high()))
                .faultCountLow((long) Math.ceil(expected.low()))
                .build();
    }
}
