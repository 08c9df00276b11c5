// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.query;

import dev.clew.monitor.query.Value.Array;
import dev.clew.monitor.query.Value.Scalar;
import dev.clew.monitor.query.Value.Series;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The functions of metric math. */
final class Functions {
    /** Words that are arguments by themselves. */
    static final Set<String> WORDS = Set.of("REPEAT", "LINEAR", "ASC", "DESC", "SUM", "AVG", "MIN", "MAX");

    private Functions() {}

    /** @throws ExpressionException if there is no such function, or it does not take such arguments */
    static Value call(Evaluation evaluation, String name, List<Expression> expressions) {
        var arguments = new Arguments(
                name, expressions.stream().map(evaluation::evaluate).toList());
        return switch (name) {
            case "ABS" -> arguments.mapped(Math::abs);
            case "CEIL" -> arguments.mapped(Math::ceil);
            case "FLOOR" -> arguments.mapped(Math::floor);
            case "LOG" -> arguments.mapped(Math::log);
            case "LOG10" -> arguments.mapped(Math::log10);
            case "SUM" -> across(arguments, DoubleStream::sum);
            case "AVG" -> across(arguments, numbers -> numbers.average().orElse(Double.NaN));
            case "MIN" -> across(arguments, numbers -> numbers.min().orElse(Double.NaN));
            case "MAX" -> across(arguments, numbers -> numbers.max().orElse(Double.NaN));
            case "STDDEV" -> across(arguments, Functions::deviation);
            case "METRIC_COUNT" -> new Scalar(arguments.array(0).size());
            case "METRICS" -> new Array(evaluation.metrics(arguments.size() == 0 ? "" : arguments.text(0)));
            case "FIRST" -> new Series(arguments.element(0, true));
            case "LAST" -> new Series(arguments.element(0, false));
            case "IF" -> choice(arguments);
            case "FILL" -> Filling.fill(evaluation, arguments);
            case "PERIOD" -> new Scalar(arguments.series(0).period());
            case "RATE" -> arguments.each(series -> change(series, true));
            case "DIFF" -> arguments.each(series -> change(series, false));
            case "DIFF_TIME" -> arguments.each(Functions::distances);
            case "RUNNING_SUM" -> arguments.each(Functions::runningSum);
            case "REMOVE_EMPTY" ->
                new Array(arguments.array(0).stream()
                        .filter(series -> !series.points().isEmpty())
                        .toList());
            case "SLICE" -> slice(arguments);
            case "SORT" -> sort(arguments);
            case "TIME_SERIES" -> new Series(constant(evaluation, arguments.number(0)));
            case "EPOCH" -> clock(arguments, time -> time.toEpochSecond());
            case "MINUTE" -> clock(arguments, ZonedDateTime::getMinute);
            case "HOUR" -> clock(arguments, ZonedDateTime::getHour);
            case "DAY" -> clock(arguments, time -> time.getDayOfWeek().getValue());
            case "DATE" -> clock(arguments, ZonedDateTime::getDayOfMonth);
            case "MONTH" -> clock(arguments, ZonedDateTime::getMonthValue);
            case "YEAR" -> clock(arguments, ZonedDateTime::getYear);
            case "SEARCH" ->
                new Array(evaluation
                        .search()
                        .find(
                                arguments.text(0),
                                arguments.text(1),
                                arguments.size() > 2 ? (long) arguments.number(2) : evaluation.period()));
            default -> throw new ExpressionException("The function " + name + " is not known here");
        };
    }

    /** All series of a value: one, several, none. */
    static List<TimeSeries> all(Value value) {
        return switch (value) {
            case Series(var series) -> List.of(series);
            case Array(var series) -> series;
            case Scalar _ -> throw new ExpressionException("A number stands where time series are expected");
            case Value.Text(String text) ->
                throw new ExpressionException("'" + text + "' stands where time series are expected");
        };
    }

    /** Of an array a series, of a series a number. */
    private static Value across(Arguments arguments, ToDoubleFunction<DoubleStream> reduction) {
        if (arguments.get(0) instanceof Series(var series)) {
            return new Scalar(
                    reduction.applyAsDouble(series.points().values().stream().mapToDouble(Double::doubleValue)));
        }
        var all = arguments.array(0);
        var times = new TreeMap<Long, List<Double>>();
        all.forEach(series -> series.points()
                .forEach((time, value) ->
                        times.computeIfAbsent(time, added -> new ArrayList<>()).add(value)));
        var result = new TreeMap<Long, Double>();
        times.forEach((time, values) -> TimeSeries.put(
                result, time, reduction.applyAsDouble(values.stream().mapToDouble(Double::doubleValue))));
        long period = all.stream().mapToLong(TimeSeries::period).min().orElse(60);
        return new Series(new TimeSeries(arguments.function(), period, result));
    }

    private static double deviation(DoubleStream stream) {
        double[] numbers = stream.toArray();
        double mean = DoubleStream.of(numbers).average().orElse(Double.NaN);
        return Math.sqrt(DoubleStream.of(numbers)
                .map(number -> (number - mean) * (number - mean))
                .average()
                .orElse(Double.NaN));
    }

    private static Value choice(Arguments arguments) {
        var condition = arguments.get(0);
        arguments.get(1);
        if (condition instanceof Scalar(double number)) {
            return number != 0 ? arguments.get(1) : arguments.get(2);
        }
        var decides = arguments.series(0);
        var result = new TreeMap<Long, Double>();
        decides.points().forEach((time, value) -> {
            int place = value != 0 ? 1 : 2;
            if (place < arguments.size()) {
                var number = at(arguments.get(place), time);
                TimeSeries.put(result, time, number);
            }
        });
        return new Series(decides.with(result));
    }

    /** The number at a time; not a number if there is none. */
    private static double at(Value value, long time) {
        return switch (value) {
            case Scalar(double number) -> number;
            case Series(var series) -> series.points().getOrDefault(time, Double.NaN);
            case Array _, Value.Text _ -> throw new ExpressionException("IF takes numbers and single time series");
        };
    }

    private static TimeSeries change(TimeSeries series, boolean bySecond) {
        var result = new TreeMap<Long, Double>();
        series.points().forEach((time, value) -> {
            var before = series.points().lowerEntry(time);
            if (before != null) {
                double span = bySecond ? time - before.getKey() : 1;
                TimeSeries.put(result, time, (value - before.getValue()) / span);
            }
        });
        return series.with(result);
    }

    private static TimeSeries distances(TimeSeries series) {
        var result = new TreeMap<Long, Double>();
        series.points().keySet().forEach(time -> {
            var before = series.points().lowerKey(time);
            if (before != null) {
                result.put(time, (double) (time - before));
            }
        });
        return series.with(result);
    }

    private static TimeSeries runningSum(TimeSeries series) {
        var result = new TreeMap<Long, Double>();
        double sum = 0;
        for (var point : series.points().entrySet()) {
            sum += point.getValue();
            result.put(point.getKey(), sum);
        }
        return series.with(result);
    }

    private static Value slice(Arguments arguments) {
        var all = arguments.array(0);
        int from = Math.clamp((long) arguments.number(1), 0, all.size());
        if (arguments.size() < 3) {
            if (from >= all.size()) {
                throw new ExpressionException("SLICE: there is no element " + from);
            }
            return new Series(all.get(from));
        }
        int to = Math.clamp((long) arguments.number(2), from, all.size());
        return new Array(all.subList(from, to));
    }

    private static Value sort(Arguments arguments) {
        Comparator<TimeSeries> order = Comparator.comparingDouble(series -> measure(series, arguments.text(1)));
        if (arguments.text(2).toUpperCase(Locale.ROOT).equals("DESC")) {
            order = order.reversed();
        }
        int most = arguments.size() > 3 ? (int) arguments.number(3) : Integer.MAX_VALUE;
        return new Array(arguments.array(0).stream()
                .sorted(order)
                .limit(Math.max(0, most))
                .toList());
    }

    private static double measure(TimeSeries series, String how) {
        var numbers = series.points().values().stream().mapToDouble(Double::doubleValue);
        return switch (how.toUpperCase(Locale.ROOT)) {
            case "SUM" -> numbers.sum();
            case "AVG" -> numbers.average().orElse(Double.NEGATIVE_INFINITY);
            case "MIN" -> numbers.min().orElse(Double.NEGATIVE_INFINITY);
            case "MAX" -> numbers.max().orElse(Double.NEGATIVE_INFINITY);
            default -> throw new ExpressionException("SORT: '" + how + "' (expected: SUM, AVG, MIN or MAX)");
        };
    }

    static TimeSeries constant(Evaluation evaluation, double number) {
        var points = new TreeMap<Long, Double>();
        long period = evaluation.period();
        Filling.times(evaluation.window(), period).forEach(time -> points.put(time, number));
        return new TimeSeries("", period, points);
    }

    private static Value clock(Arguments arguments, ToDoubleFunction<ZonedDateTime> part) {
        return arguments.each(series -> {
            var result = new TreeMap<Long, Double>();
            series.points()
                    .keySet()
                    .forEach(time -> result.put(
                            time, part.applyAsDouble(Instant.ofEpochSecond(time).atZone(ZoneOffset.UTC))));
            return series.with(result);
        });
    }
}
