// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.query;

import dev.clew.monitor.api.cloudwatch.MetricDataQuery;
import dev.clew.monitor.query.Value.Array;
import dev.clew.monitor.query.Value.Scalar;
import dev.clew.monitor.query.Value.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;

/** One evaluation of the queries of one request, each at most once. Not safe for use by many threads. */
final class Evaluation {
    private final Map<String, MetricDataQuery> queries = new LinkedHashMap<>();
    private final Map<String, Value> known = new HashMap<>();
    private final Set<String> under = new HashSet<>();
    private final Window window;
    private final Function<MetricDataQuery, TimeSeries> metrics;
    private final Search search;

    /**
     * @param metrics reads what a query with a metric asks for
     * @param search finds the metrics that SEARCH asks for
     */
    Evaluation(
            List<MetricDataQuery> queries,
            Window window,
            Function<MetricDataQuery, TimeSeries> metrics,
            Search search) {
        queries.forEach(query -> this.queries.put(query.id(), query));
        this.window = window;
        this.metrics = metrics;
        this.search = search;
    }

    Window window() {
        return window;
    }

    Search search() {
        return search;
    }

    /** The shortest period of the metrics of this request; a minute if there are none. */
    long period() {
        return queries.values().stream()
                .filter(query -> query.metricStat() != null)
                .mapToLong(query -> Objects.requireNonNull(query.metricStat()).period())
                .min()
                .orElseGet(() -> queries.values().stream()
                        .filter(query -> query.period() != null)
                        .mapToLong(query -> Objects.requireNonNull(query.period()))
                        .min()
                        .orElse(60));
    }

    /** The metrics of this request whose ids contain {@code part}. */
    List<TimeSeries> metrics(String part) {
        var found = new ArrayList<TimeSeries>();
        for (var query : queries.values()) {
            if (query.metricStat() != null && query.id().contains(part) && of(query) instanceof Series(var series)) {
                found.add(series);
            }
        }
        return found;
    }

    /** @throws ExpressionException if there is no such query, or it asks for itself */
    Value of(String id) {
        var query = queries.get(id);
        if (query == null) {
            throw new ExpressionException("'" + id + "' is neither the id of a query nor a known word");
        }
        return of(query);
    }

    Value of(MetricDataQuery query) {
        var value = known.get(query.id());
        if (value != null) {
            return value;
        }
        if (!under.add(query.id())) {
            throw new ExpressionException("'" + query.id() + "' is needed to compute itself");
        }
        var expression = query.expression();
        var computed =
                expression == null ? new Series(metrics.apply(query)) : evaluate(ExpressionParser.parse(expression));
        under.remove(query.id());
        known.put(query.id(), computed);
        return computed;
    }

    Value evaluate(Expression expression) {
        return switch (expression) {
            case Expression.Number(double number) -> new Scalar(number);
            case Expression.Text(String text) -> new Value.Text(text);
            case Expression.Name(String name) ->
                queries.containsKey(name) || !Functions.WORDS.contains(name) ? of(name) : new Value.Text(name);
            case Expression.Negation(var operand) -> combine(new Scalar(0), evaluate(operand), Operator.MINUS::apply);
            case Expression.Binary(var operator, var left, var right) ->
                combine(evaluate(left), evaluate(right), operator::apply);
            case Expression.Array(var elements) -> {
                var series = new ArrayList<TimeSeries>();
                elements.forEach(element -> series.addAll(Functions.all(evaluate(element))));
                yield new Array(series);
            }
            case Expression.Call(var function, var arguments) -> Functions.call(this, function, arguments);
        };
    }

    /** Number with number, or at each time; an array element by element. */
    static Value combine(Value left, Value right, DoubleBinaryOperator operator) {
        return switch (left) {
            case Scalar(double a) ->
                switch (right) {
                    case Scalar(double b) -> new Scalar(operator.applyAsDouble(a, b));
                    case Series(var b) -> new Series(b.map(value -> operator.applyAsDouble(a, value)));
                    case Array(var b) ->
                        new Array(b.stream()
                                .map(series -> series.map(value -> operator.applyAsDouble(a, value)))
                                .toList());
                    case Value.Text text -> throw notANumber(text);
                };
            case Series(var a) ->
                switch (right) {
                    case Scalar(double b) -> new Series(a.map(value -> operator.applyAsDouble(value, b)));
                    case Series(var b) -> new Series(a.zip(b, operator));
                    case Array(var b) ->
                        new Array(b.stream()
                                .map(series -> a.zip(series, operator).labelled(series.label()))
                                .toList());
                    case Value.Text text -> throw notANumber(text);
                };
            case Array(var a) ->
                switch (right) {
                    case Scalar(double b) ->
                        new Array(a.stream()
                                .map(series -> series.map(value -> operator.applyAsDouble(value, b)))
                                .toList());
                    case Series(var b) ->
                        new Array(a.stream()
                                .map(series -> series.zip(b, operator))
                                .toList());
                    case Array _ -> throw new ExpressionException("An operator stands between two arrays");
                    case Value.Text text -> throw notANumber(text);
                };
            case Value.Text text -> throw notANumber(text);
        };
    }

    private static ExpressionException notANumber(Value.Text text) {
        return new ExpressionException("'" + text.text() + "' stands where a number is expected");
    }
}
