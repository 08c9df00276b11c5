// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.ingest;

import java.time.InstantSource;

/** So many things in each second of the clock. Safe for use by many threads. */
final class SecondRate {
    private final InstantSource time;
    private final int limit;
    private long second = Long.MIN_VALUE;
    private int taken;

    /** @param limit 0 for none */
    SecondRate(InstantSource time, int limit) {
        this.time = time;
        this.limit = limit;
    }

    /** Whether {@code count} more fit into this second; if so they are taken. */
    synchronized boolean take(int count) {
        if (limit == 0) {
            return true;
        }
        long now = time.instant().getEpochSecond();
        if (now != second) {
            second = now;
            taken = 0;
        }
        if (taken > 0 && taken + count > limit) { // a single larger request passes, or it never would
            return false;
        }
        taken += count;
        return true;
    }
}
