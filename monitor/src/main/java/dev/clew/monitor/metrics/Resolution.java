// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The intervals for which aggregates are kept, and for how long. What arrives is added to all of them at once, so that nothing has to
 * be condensed later. Each keeps its rows in slices of time that are dropped whole.
 */
enum Resolution {
    SECOND("second", 1, Duration.ofHours(1), Duration.ofHours(3)),
    MINUTE("minute", 60, Duration.ofDays(3), Duration.ofDays(15)),
    FIVE_MINUTES("five-minutes", 300, Duration.ofDays(16), Duration.ofDays(63)),
    HOUR("hour", 3_600, Duration.ofDays(91), Duration.ofDays(455));

    private static final String PREFIX = "metrics.";

    private final String table;
    private final long seconds;
    private final long slice;
    private final long retention;

    Resolution(String table, long seconds, Duration slice, Duration retention) {
        this.table = PREFIX + table + '.';
        this.seconds = seconds;
        this.slice = slice.toSeconds();
        this.retention = retention.toSeconds();
    }

    long seconds() {
        return seconds;
    }

    /** The begin of the interval that {@code epochSecond} lies in. */
    long floor(long epochSecond) {
        return Math.floorDiv(epochSecond, seconds) * seconds;
    }

    /** The earliest time that is still kept at {@code now}. */
    long horizon(Instant now) {
        return floor(now.getEpochSecond() - retention);
    }

    /** The table of the slice that {@code epochSecond} lies in. */
    String table(long epochSecond) {
        return table + Math.floorDiv(epochSecond, slice);
    }

    /** The begin of the slice after the one that {@code epochSecond} lies in. */
    long nextSlice(long epochSecond) {
        return (Math.floorDiv(epochSecond, slice) + 1) * slice;
    }

    /** Whether {@code name} is a slice of this resolution with nothing in it that is still kept at {@code now}. */
    boolean isExpired(String name, Instant now) {
        if (!name.startsWith(table)) {
            return false;
        }
        return (Long.parseLong(name.substring(table.length())) + 1) * slice <= horizon(now);
    }

    /** From the coarsest to the finest. */
    static List<Resolution> coarsestFirst() {
        return List.of(values()).reversed();
    }

    /**
     * Where to read intervals of {@code period} seconds from {@code begin} to {@code end}: the coarsest that cuts none of them, or, if
     * that is not kept for so long, the coarsest that has the period as a multiple.
     */
    static Resolution reading(long period, long begin, long end, Instant now) {
        if (period < MINUTE.seconds) {
            return SECOND;
        }
        for (var candidate : coarsestFirst()) {
            boolean whole = begin % candidate.seconds == 0
                    && (end % candidate.seconds == 0 || end > now.getEpochSecond() - candidate.seconds);
            if (period % candidate.seconds == 0 && whole && candidate.horizon(now) <= begin) {
                return candidate;
            }
        }
        return coarsestFirst().stream()
                .filter(candidate -> period % candidate.seconds == 0)
                .findFirst()
                .orElse(MINUTE);
    }
}
