// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.query;

import dev.clew.monitor.query.Value.Array;
import dev.clew.monitor.query.Value.Scalar;
import dev.clew.monitor.query.Value.Series;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** What a function was called with; each look says what it expects, and refuses the rest. */
record Arguments(String function, List<Value> values) {
    int size() {
        return values.size();
    }

    Value get(int place) {
        if (place >= values.size()) {
            throw new ExpressionException(function + " has " + values.size() + " arguments (expected: more)");
        }
        return values.get(place);
    }

    double number(int place) {
        if (get(place) instanceof Scalar(double number)) {
            return number;
        }
        throw wrong(place, "a number");
    }

    String text(int place) {
        if (get(place) instanceof Value.Text(String text)) {
            return text;
        }
        throw wrong(place, "a text");
    }

    TimeSeries series(int place) {
        return switch (get(place)) {
            case Series(var series) -> series;
            case Array(var series) when series.size() == 1 -> series.getFirst();
            case Array _, Scalar _, Value.Text _ -> throw wrong(place, "one time series");
        };
    }

    List<TimeSeries> array(int place) {
        return switch (get(place)) {
            case Series(var series) -> List.of(series);
            case Array(var series) -> series;
            case Scalar _, Value.Text _ -> throw wrong(place, "time series");
        };
    }

    TimeSeries element(int place, boolean first) {
        var all = array(place);
        if (all.isEmpty()) {
            throw wrong(place, "at least one time series");
        }
        return first ? all.getFirst() : all.getLast();
    }

    /** The first argument with every number changed. */
    Value mapped(DoubleUnaryOperator operator) {
        return get(0) instanceof Scalar(double number)
                ? new Scalar(operator.applyAsDouble(number))
                : each(series -> series.map(operator));
    }

    /** The first argument with every series changed. */
    Value each(UnaryOperator<TimeSeries> operator) {
        return get(0) instanceof Series(var series)
                ? new Series(operator.apply(series))
                : new Array(array(0).stream().map(operator).toList());
    }

    private ExpressionException wrong(int place, String expected) {
        return new ExpressionException(function + ": argument " + (place + 1) + " is not " + expected);
    }
}
