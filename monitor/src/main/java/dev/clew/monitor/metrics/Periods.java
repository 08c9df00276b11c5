// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.metrics;

import java.util.Set;

/** The lengths that an interval may have. */
public final class Periods {
    private static final Set<Long> SHORT = Set.of(1L, 5L, 10L, 20L, 30L);

    private Periods() {}

    public static boolean isValid(long seconds) {
        return SHORT.contains(seconds) || seconds > 0 && seconds % 60 == 0;
    }

    /** The begin of the interval that {@code epochSecond} lies in. */
    public static long floor(long epochSecond, long period) {
        return Math.floorDiv(epochSecond, period) * period;
    }
}
