// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.query;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Numbers over time.
 *
 * @param period seconds from one to the next
 * @param points by begin of the interval in epoch seconds; what is missing is absent
 * @param units all units of the metric, if there is more than one
 */
public record TimeSeries(String label, long period, NavigableMap<Long, Double> points, List<String> units) {
    TimeSeries(String label, long period, NavigableMap<Long, Double> points) {
        this(label, period, points, List.of());
    }

    TimeSeries labelled(String changed) {
        return new TimeSeries(changed, period, points, units);
    }

    TimeSeries with(NavigableMap<Long, Double> changed) {
        return new TimeSeries(label, period, changed);
    }

    TimeSeries map(DoubleUnaryOperator operator) {
        var result = new TreeMap<Long, Double>();
        points.forEach((time, value) -> put(result, time, operator.applyAsDouble(value)));
        return with(result);
    }

    /** At the times that both have. */
    TimeSeries zip(TimeSeries other, DoubleBinaryOperator operator) {
        var result = new TreeMap<Long, Double>();
        points.forEach((time, value) -> {
            var partner = other.points.get(time);
            if (partner != null) {
                put(result, time, operator.applyAsDouble(value, partner));
            }
        });
        return with(result);
    }

    /** Adds what is a number: a division by zero leaves a gap. */
    static void put(NavigableMap<Long, Double> points, long time, double value) {
        if (Double.isFinite(value)) {
            points.put(time, value);
        }
    }
}
