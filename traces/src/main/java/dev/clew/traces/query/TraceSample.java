// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.query;

import dev.clew.traces.api.SamplingStrategy;
import dev.clew.traces.api.XrayErrors;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which share of the traces a query wants.
 *
 * @param rate share of the traces, chosen by their ids, so that pages and repetitions agree; 0 if we may choose it
 * @param scan share of the time range, counted from its end
 */
record TraceSample(double rate, double scan) {
    /** From how many traces on a sample is one whose size we choose. */
    static final int MANY = 10_000;

    private static final TraceSample ALL = new TraceSample(1, 1);
    private static final TraceSample CHOSEN = new TraceSample(0, 1);

    static TraceSample of(@Nullable Boolean sampling, @Nullable SamplingStrategy strategy) {
        if (sampling == null || !sampling) {
            return ALL;
        }
        if (strategy == null || strategy.value() == null) {
            return CHOSEN;
        }
        double value = strategy.value();
        if (!(value > 0 && value <= 1)) {
            throw XrayErrors.invalidRequestException(
                    "SamplingStrategy.Value: " + value + " (expected: above 0, at most 1)");
        }
        return "PartialScan".equals(strategy.name()) ? new TraceSample(1, value) : new TraceSample(value, 1);
    }

    /** The part of {@code range} to look at. */
    TimeRange scanned(TimeRange range) {
        return new TimeRange(range.end() - Math.round((range.end() - range.start()) * scan), range.end());
    }

    /** This sample with a rate that leaves fewer than {@link #MANY} of {@code traces}, if we may choose the rate. */
    TraceSample of(IntSupplier traces) {
        double chosen = 1;
        for (int left = rate == 0 ? traces.getAsInt() : 0; left >= MANY; left /= 2) {
            chosen /= 2;
        }
        return rate == 0 ? new TraceSample(chosen, scan) : this;
    }

    boolean keeps(String traceId) {
        return rate >= 1 || share(traceId) < rate;
    }

    private static double share(String traceId) {
        int hash = traceId.hashCode() * 0x9E3779B9; // spreads: ids of one second differ in their last digits only
        return (hash >>> 1) / (double) Integer.MAX_VALUE;
    }
}
