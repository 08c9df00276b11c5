// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.metrics;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Bounds of values, given as percentages of their number or as values. A value belongs to it if it is above the lower bound and not
 * above the upper one; a bucket that a percentage cuts counts in part.
 *
 * @param relative whether the bounds are shares of the number of values, from 0 to 1
 */
record Range(boolean relative, double low, double high) {
    static Range percent(double low, double high) {
        return new Range(true, low / 100, high / 100);
    }

    /** Bounds as {@code TM(low:high)} has them; each may be empty, one at least is not. */
    static Optional<Range> parse(String low, String high) {
        boolean percent = (low.isEmpty() || low.endsWith("%")) && (high.isEmpty() || high.endsWith("%"));
        boolean absolute = !low.endsWith("%") && !high.endsWith("%");
        if (low.isEmpty() && high.isEmpty() || !percent && !absolute) {
            return Optional.empty();
        }
        try {
            double from = low.isEmpty() ? Double.NEGATIVE_INFINITY : number(low);
            double to = high.isEmpty() ? Double.POSITIVE_INFINITY : number(high);
            if (!percent) {
                return from <= to ? Optional.of(new Range(false, from, to)) : Optional.empty();
            }
            double begin = Math.max(from, 0);
            double end = Math.min(to, 100);
            boolean fits = (low.isEmpty() || from >= 0 && from <= 100) && (high.isEmpty() || to >= 0 && to <= 100);
            return fits && begin <= end ? Optional.of(percent(begin, end)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static double number(String text) {
        return Double.parseDouble(text.endsWith("%") ? text.substring(0, text.length() - 1) : text);
    }

    /** The least value that the {@code share} of all values does not exceed. */
    static double atShare(Aggregate values, double share) {
        double wanted = share * values.count();
        double[] state = {0, values.minimum()};
        values.spread().forEach((value, count) -> {
            if (state[0] < wanted) {
                state[1] = value;
            }
            state[0] += count;
        });
        if (wanted >= values.count()) {
            return values.maximum();
        }
        return wanted <= 0 ? values.minimum() : clamp(values, state[1]);
    }

    private static double clamp(Aggregate values, double value) {
        return Math.max(values.minimum(), Math.min(values.maximum(), value));
    }

    OptionalDouble of(Statistic.Within.Kind kind, Aggregate values) {
        double total = values.count();
        double from = relative ? low * total : 0;
        double to = relative ? high * total : 0;
        double[] state = {0, 0, 0}; // values passed, number within, sum within
        values.spread().forEach((bucket, count) -> {
            double value = clamp(values, bucket);
            double within = relative
                    ? Math.max(0, Math.min(to, state[0] + count) - Math.max(from, state[0]))
                    : value > low && value <= high ? count : 0;
            state[0] += count;
            state[1] += within;
            state[2] += within * value;
        });
        double number = state[1];
        double sum = state[2];
        return switch (kind) {
            case TRIMMED_COUNT -> OptionalDouble.of(number);
            case TRIMMED_SUM -> OptionalDouble.of(sum);
            case PERCENTILE_RANK -> OptionalDouble.of(100 * number / total);
            case TRIMMED_MEAN -> number == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / number);
            case WINSORIZED_MEAN -> OptionalDouble.of(winsorized(values));
        };
    }

    /** The mean with what lies outside moved to the bounds. */
    private double winsorized(Aggregate values) {
        double least = relative ? atShare(values, low) : low;
        double most = relative ? atShare(values, high) : high;
        double[] sum = {0};
        values.spread()
                .forEach((bucket, count) -> sum[0] += count * Math.max(least, Math.min(most, clamp(values, bucket))));
        return sum[0] / values.count();
    }
}
