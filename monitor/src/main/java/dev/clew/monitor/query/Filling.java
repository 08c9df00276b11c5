// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.query;

import dev.clew.monitor.query.Value.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** {@code FILL}: puts numbers where a series has none. */
final class Filling {
    private static final int MOST_TIMES = 100_800;

    private Filling() {}

    /** The begins of all intervals of a window. */
    static List<Long> times(Window window, long period) {
        if ((window.end() - window.begin()) / period > MOST_TIMES) {
            throw new ExpressionException("The time range has more than " + MOST_TIMES + " intervals");
        }
        var times = new ArrayList<Long>();
        for (long time = window.first(period); time < window.end(); time += period) {
            times.add(time);
        }
        return times;
    }

    static Value fill(Evaluation evaluation, Arguments arguments) {
        return arguments.each(series -> {
            var times = times(evaluation.window(), series.period());
            var points = new TreeMap<>(series.points());
            if (arguments.get(1) instanceof Scalar(double number)) {
                times.forEach(time -> points.putIfAbsent(time, number));
            } else if (arguments.get(1) instanceof Value.Series(var other)) {
                other.points().forEach(points::putIfAbsent);
            } else if (arguments.text(1).equals("REPEAT")) {
                times.forEach(time -> repeat(series.points(), points, time));
            } else if (arguments.text(1).equals("LINEAR")) {
                times.forEach(time -> interpolate(series.points(), points, time));
            } else {
                throw new ExpressionException(
                        "FILL: '" + arguments.text(1) + "' (expected: a number, REPEAT or LINEAR)");
            }
            return series.with(points);
        });
    }

    private static void repeat(NavigableMap<Long, Double> known, NavigableMap<Long, Double> points, long time) {
        var before = known.floorEntry(time);
        if (before != null) {
            points.putIfAbsent(time, before.getValue());
        }
    }

    private static void interpolate(NavigableMap<Long, Double> known, NavigableMap<Long, Double> points, long time) {
        var before = known.floorEntry(time);
        var after = known.ceilingEntry(time);
        if (before != null && after != null && before.getKey() < after.getKey()) {
            double share = (double) (time - before.getKey()) / (after.getKey() - before.getKey());
            points.putIfAbsent(time, before.getValue() + share * (after.getValue() - before.getValue()));
        }
    }
}
