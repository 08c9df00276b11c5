// SPDX-License-Identifier: Apache-2.0
package dev.clew.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** Sorted samples, in milliseconds. */
record Percentiles(double[] sorted) {
    static Percentiles of(double[] samples) {
        var sorted = samples.clone();
        Arrays.sort(sorted);
        return new Percentiles(sorted);
    }

    double at(double percent) {
        return sorted[Math.clamp((int) Math.ceil(percent / 100 * sorted.length) - 1, 0, sorted.length - 1)];
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "p50 %.2f ms, p99 %.2f ms (%d samples)", at(50), at(99), sorted.length);
    }
}
