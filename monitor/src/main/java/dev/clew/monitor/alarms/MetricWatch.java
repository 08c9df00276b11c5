// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.alarms;

import static java.util.Objects.requireNonNullElse;

import dev.clew.monitor.api.cloudwatch.Metric;
import dev.clew.monitor.api.cloudwatch.MetricDataQuery;
import dev.clew.monitor.api.cloudwatch.MetricStat;
import dev.clew.monitor.api.cloudwatch.PutMetricAlarmInput;
import dev.clew.monitor.metrics.Periods;
import dev.clew.monitor.query.MetricQueries;
import dev.clew.monitor.query.Window;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Looks at the metric of an alarm, and says which state it should have. */
final class MetricWatch {
    private final MetricQueries queries;
    private final InstantSource time;

    MetricWatch(MetricQueries queries, InstantSource time) {
        this.queries = queries;
        this.time = time;
    }

    /** A state and why. */
    record Finding(AlarmState state, String reason, String reasonData) {}

    /** What the alarm asks for, as queries; {@code id} names the only one of an alarm without expressions. */
    static List<MetricDataQuery> queries(PutMetricAlarmInput alarm, String id) {
        if (alarm.metrics() != null && !alarm.metrics().isEmpty()) {
            return alarm.metrics();
        }
        var statistic = alarm.statistic() == null ? alarm.extendedStatistic() : alarm.statistic();
        var metric = new Metric(alarm.namespace(), alarm.metricName(), alarm.dimensions());
        var stat = new MetricStat(
                metric, Objects.requireNonNull(alarm.period()), Objects.requireNonNull(statistic), alarm.unit());
        return List.of(MetricDataQuery.builder()
                .id(id)
                .metricStat(stat)
                .returnData(true)
                .build());
    }

    /** Seconds of one evaluated interval. */
    static long period(PutMetricAlarmInput alarm) {
        if (alarm.period() != null) {
            return alarm.period();
        }
        long longest = 0;
        for (var query : requireNonNullElse(alarm.metrics(), List.<MetricDataQuery>of())) {
            var stat = query.metricStat();
            var period = stat == null ? query.period() : stat.period();
            longest = Math.max(longest, period == null ? 0 : period);
        }
        return longest == 0 ? 60 : longest;
    }

    /** How often the alarm is looked at, in seconds. */
    static long rhythm(PutMetricAlarmInput alarm) {
        return Math.min(60, period(alarm));
    }

    /** What the alarm should be by now; null if it stays as it is. */
    @Nullable
    Finding look(Alarm watched) {
        var alarm = Objects.requireNonNull(watched.metric());
        var now = time.instant();
        long period = period(alarm);
        int evaluated = alarm.evaluationPeriods();
        int needed = requireNonNullElse(alarm.datapointsToAlarm(), evaluated);
        long end = Periods.floor(now.getEpochSecond(), rhythm(alarm));
        long begin = end - (evaluated + Evaluation.EXTRA) * period;
        var points = points(watched, alarm, new Window(begin, end, false));
        var comparison = Comparison.parse(alarm.comparisonOperator()).orElseThrow();
        double threshold = Objects.requireNonNull(alarm.threshold());
        var range = new ArrayList<@Nullable Boolean>();
        for (long at = begin; at < end; at += period) {
            var value = points.get(at);
            range.add(value == null ? null : comparison.breaches(value, threshold));
        }
        var missing = MissingData.parse(alarm.treatMissingData()).orElse(MissingData.MISSING);
        var state = new Evaluation(evaluated, needed, missing).decide(range);
        if (state == null) {
            return null;
        }
        var newest = newest(points, evaluated);
        long breaching = newest.values().stream()
                .filter(value -> comparison.breaches(value, threshold))
                .count();
        return new Finding(
                state,
                Reasons.text(alarm, comparison, watched.state(), state, newest, breaching, missing),
                Reasons.data(alarm, period, newest, now));
    }

    private NavigableMap<Long, Double> points(Alarm watched, PutMetricAlarmInput alarm, Window window) {
        var results = queries.evaluate(watched.scope(), queries(alarm, "m"), window);
        for (var result : results) {
            for (var series : result.series()) {
                return series.points();
            }
        }
        return new TreeMap<>();
    }

    private static NavigableMap<Long, Double> newest(NavigableMap<Long, Double> points, int most) {
        var newest = new TreeMap<Long, Double>();
        points.descendingMap().entrySet().stream()
                .limit(most)
                .forEach(point -> newest.put(point.getKey(), point.getValue()));
        return newest;
    }

    /** The next time to look after {@code now}. */
    static Instant next(PutMetricAlarmInput alarm, Instant now) {
        long rhythm = rhythm(alarm);
        return Instant.ofEpochSecond(Periods.floor(now.getEpochSecond(), rhythm) + rhythm);
    }
}
