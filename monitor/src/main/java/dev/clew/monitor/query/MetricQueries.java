// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.query;

import static java.util.Objects.requireNonNullElse;

import dev.clew.core.Scope;
import dev.clew.monitor.api.cloudwatch.CloudwatchErrors;
import dev.clew.monitor.api.cloudwatch.MetricDataQuery;
import dev.clew.monitor.api.cloudwatch.MetricStat;
import dev.clew.monitor.metrics.MetricName;
import dev.clew.monitor.metrics.MetricReader;
import dev.clew.monitor.metrics.Periods;
import dev.clew.monitor.metrics.Statistic;
import dev.clew.wire.ServiceException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Answers queries: statistics of metrics, and expressions over them. Safe for use by many threads. */
public final class MetricQueries {
    private static final Pattern ID = Pattern.compile("[a-z][a-zA-Z0-9_]*");
    private static final int MOST_INTERVALS = 100_800;

    private final MetricReader metrics;

    public MetricQueries(MetricReader metrics) {
        this.metrics = metrics;
    }

    /**
     * What one query comes to.
     *
     * @param series one; of an expression with arrays, any number
     */
    public record Result(MetricDataQuery query, List<TimeSeries> series) {}

    /** Makes what was recorded before visible. */
    public void refresh() {
        metrics.refresh();
    }

    /** @throws ServiceException if the queries do not make sense by their form, whatever data there is */
    public void check(List<MetricDataQuery> queries, String path) {
        var ids = new HashSet<String>();
        for (int i = 0; i < queries.size(); i++) {
            var query = queries.get(i);
            var where = path + ".member." + (i + 1);
            if (!ID.matcher(query.id()).matches()) {
                throw invalid("The value " + query.id() + " for parameter " + where
                        + ".Id is invalid: it must begin with a lower case letter and have letters, digits and"
                        + " underscores only.");
            }
            if (!ids.add(query.id())) {
                throw invalid("The value " + query.id() + " for parameter " + where + ".Id is used more than once.");
            }
            checkKind(query, where);
        }
    }

    private static void checkKind(MetricDataQuery query, String where) {
        var stat = query.metricStat();
        var expression = query.expression();
        if ((stat == null) == (expression == null)) {
            throw CloudwatchErrors.invalidParameterCombinationException("Exactly one of the parameters " + where
                    + ".MetricStat and " + where + ".Expression must be specified.");
        }
        if (stat != null) {
            checkStat(stat, where);
        } else {
            try {
                ExpressionParser.parse(Objects.requireNonNull(expression));
            } catch (ExpressionException e) {
                throw refused(query, e);
            }
            if (query.period() != null && !Periods.isValid(query.period())) {
                throw invalid("The parameter " + where + ".Period must be 1, 5, 10, 20, 30 or a multiple of 60.");
            }
        }
    }

    private static void checkStat(MetricStat stat, String where) {
        if (!Periods.isValid(stat.period())) {
            throw invalid(
                    "The parameter " + where + ".MetricStat.Period must be 1, 5, 10, 20, 30 or a multiple of 60.");
        }
        if (Statistic.parse(stat.stat()).isEmpty()) {
            throw invalid("The value " + stat.stat() + " for parameter " + where + ".MetricStat.Stat is invalid.");
        }
        if (stat.metric().namespace() == null || stat.metric().metricName() == null) {
            throw CloudwatchErrors.missingRequiredParameterException(
                    "The parameters " + where + ".MetricStat.Metric.Namespace and MetricName are required.");
        }
    }

    private static ServiceException refused(MetricDataQuery query, ExpressionException e) {
        return ServiceException.client(
                "ValidationError", 400, "Error in expression '" + query.id() + "': " + e.message());
    }

    private static ServiceException invalid(String message) {
        return CloudwatchErrors.invalidParameterValueException(message);
    }

    /**
     * Evaluates the queries whose data is wanted. They are in good form: see {@link #check}.
     *
     * @throws ServiceException if an expression makes no sense
     */
    public List<Result> evaluate(Scope scope, List<MetricDataQuery> queries, Window window) {
        var evaluation = new Evaluation(
                queries, window, query -> read(scope, query, window), new Search(scope, metrics, window));
        var results = new ArrayList<Result>();
        for (var query : queries) {
            if (requireNonNullElse(query.returnData(), true)) {
                try {
                    results.add(new Result(query, labelled(query, evaluation.of(query))));
                } catch (ExpressionException e) {
                    throw refused(query, e);
                }
            }
        }
        return results;
    }

    private static List<TimeSeries> labelled(MetricDataQuery query, Value value) {
        return switch (value) {
            case Value.Series(var series) -> {
                var otherwise = query.expression() == null ? series.label() : query.id();
                yield List.of(series.labelled(requireNonNullElse(query.label(), otherwise)));
            }
            case Value.Array(var all) ->
                query.label() == null
                        ? all
                        : all.stream()
                                .map(series -> series.labelled(query.label() + ' ' + series.label()))
                                .toList();
            case Value.Scalar _ ->
                throw new ExpressionException("The expression comes to a number (expected: time series)");
            case Value.Text _ ->
                throw new ExpressionException("The expression comes to a text (expected: time series)");
        };
    }

    private TimeSeries read(Scope scope, MetricDataQuery query, Window window) {
        var stat = Objects.requireNonNull(query.metricStat());
        var metric = stat.metric();
        long period = stat.period();
        if ((window.end() - window.begin()) / period > MOST_INTERVALS) {
            throw new ExpressionException("The time range has more than " + MOST_INTERVALS + " intervals");
        }
        var name = Objects.requireNonNull(metric.metricName());
        var data = metrics.read(
                MetricName.of(scope, Objects.requireNonNull(metric.namespace()), name, metric.dimensions()),
                stat.unit(),
                window.first(period),
                window.end(),
                period);
        var statistic = Statistic.parse(stat.stat()).orElseThrow();
        var points =
                data.isEmpty() ? new TreeMap<Long, Double>() : data.getFirst().values(statistic);
        var units = data.stream().map(MetricReader.UnitData::unit).sorted().toList();
        return new TimeSeries(name, period, points, units.size() > 1 ? units : List.of());
    }
}
