// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.query;

import dev.clew.core.Scope;
import dev.clew.monitor.metrics.MetricName;
import dev.clew.monitor.metrics.MetricReader;
import dev.clew.monitor.metrics.Periods;
import dev.clew.monitor.metrics.Statistic;
import java.util.List;
import java.util.TreeMap;

/** {@code SEARCH}: the metrics whose names fit an expression, and their data. */
final class Search {
    /** As many as the original gives. */
    private static final int MOST = 100;
    /** In all searches of one request. */
    private static final int MOST_IN_ALL = 500;

    private final Scope scope;
    private final MetricReader metrics;
    private final Window window;
    private int found;

    Search(Scope scope, MetricReader metrics, Window window) {
        this.scope = scope;
        this.metrics = metrics;
        this.window = window;
    }

    List<TimeSeries> find(String text, String stat, long period) {
        var statistic = Statistic.parse(stat)
                .orElseThrow(() -> new ExpressionException("SEARCH: '" + stat + "' is no statistic"));
        if (!Periods.isValid(period)) {
            throw new ExpressionException("SEARCH: period " + period + " (expected: 1, 5, 10, 20, 30 or 60·n)");
        }
        var wanted = SearchPattern.parse(text);
        var names = metrics.list(scope).filter(wanted).limit(MOST).toList();
        found += names.size();
        if (found > MOST_IN_ALL) {
            throw new ExpressionException("SEARCH: more than " + MOST_IN_ALL + " metrics in one request");
        }
        return names.stream().map(metric -> read(metric, statistic, period)).toList();
    }

    private TimeSeries read(MetricName metric, Statistic statistic, long period) {
        var points = new TreeMap<Long, Double>();
        metrics.read(metric, null, window.first(period), window.end(), period)
                .forEach(data -> points.putAll(data.values(statistic)));
        return new TimeSeries(label(metric), period, points);
    }

    private static String label(MetricName metric) {
        var values =
                metric.dimensions().stream().map(dimension -> dimension.value()).toList();
        return values.isEmpty() ? metric.name() : String.join(" ", values) + ' ' + metric.name();
    }
}
