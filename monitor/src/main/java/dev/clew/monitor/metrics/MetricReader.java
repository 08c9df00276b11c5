// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.metrics;

import dev.clew.core.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of metrics. Safe for use by many threads. */
public final class MetricReader {
    private final SeriesTable series;
    private final Rows rows;
    private final Recorder recorder;
    private final InstantSource time;

    MetricReader(SeriesTable series, Rows rows, Recorder recorder, InstantSource time) {
        this.series = series;
        this.rows = rows;
        this.recorder = recorder;
        this.time = time;
    }

    /**
     * Data of one metric in one unit.
     *
     * @param intervals what was measured, by begin of the interval in epoch seconds; intervals without data are absent
     */
    public record UnitData(String unit, NavigableMap<Long, Interval> intervals) {
        /** One statistic of each interval for which it is known. */
        public NavigableMap<Long, Double> values(Statistic statistic) {
            var values = new TreeMap<Long, Double>();
            intervals.forEach(
                    (begin, interval) -> statistic.of(interval.values).ifPresent(value -> values.put(begin, value)));
            return values;
        }
    }

    /** All values of one interval. */
    public static final class Interval {
        private final Aggregate values;

        Interval(Aggregate values) {
            this.values = values;
        }

        public OptionalDouble statistic(Statistic statistic) {
            return statistic.of(values);
        }
    }

    /** Makes what was recorded before visible. */
    public void refresh() {
        recorder.flush();
    }

    /**
     * The data of {@code metric} in intervals of {@code period} seconds, the first of which begins at {@code begin}.
     *
     * @param unit the only unit to look at; null for all that the metric has
     * @param end in epoch seconds, exclusive
     */
    public List<UnitData> read(MetricName metric, @Nullable String unit, long begin, long end, long period) {
        var found = series.find(metric).orElse(null);
        if (found == null || begin >= end) {
            return List.of();
        }
        var data = new ArrayList<UnitData>();
        for (int code = 0; code < Units.count(); code++) {
            if (found.has(code) && (unit == null || Units.of(code).equals(unit))) {
                var intervals = new TreeMap<Long, Interval>();
                rows.read(found.id(), code, begin, end, period, time.instant())
                        .forEach((start, values) -> intervals.put(start, new Interval(values)));
                if (!intervals.isEmpty()) {
                    data.add(new UnitData(Units.of(code), intervals));
                }
            }
        }
        return data;
    }

    /** The metrics of {@code scope} with data at or after {@code since}, in the order of their names. */
    public Stream<MetricName> list(Scope scope, Instant since) {
        return series.list(scope, since, null).map(Series::metric);
    }

    /** Metrics with data in the last two weeks. */
    public Stream<MetricName> list(Scope scope) {
        return list(scope, time.instant().minus(SeriesTable.LISTED));
    }
}
