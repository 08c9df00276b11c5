// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.graph;

import dev.clew.traces.api.ForecastStatistics;
import dev.clew.traces.api.TimeSeriesServiceStatistics;
import dev.clew.traces.api.XrayErrors;
import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.document.Micros;
import dev.clew.traces.query.TimeRange;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts requests by the period that they ended in. Not safe for use by many threads. */
final class TimeSeries {
    private static final int DEFAULT_PERIOD = 60;
    private static final List<Integer> PERIODS = List.of(60, 300);

    private final TimeRange range;
    private final long period;
    private final SelectedRequests requests;
    private final TreeMap<Long, Bucket> buckets = new TreeMap<>();
    private final @Nullable Forecast forecast;

    private record Bucket(Statistics statistics, Histogram responseTimes) {}

    /**
     * @param seconds length of a period; null for the default
     * @param forecast sees the requests of the time before as well; null for none
     */
    TimeSeries(TimeRange range, @Nullable Integer seconds, SelectedRequests requests, @Nullable Forecast forecast) {
        if (seconds != null && !PERIODS.contains(seconds)) {
            throw XrayErrors.invalidRequestException("Period: " + seconds + " (expected: 60 or 300)");
        }
        this.range = range;
        this.requests = requests;
        this.forecast = forecast;
        this.period = (seconds == null ? DEFAULT_PERIOD : seconds) * 1_000_000L;
        for (long time = begin(range.start()); time < range.end(); time += period) {
            buckets.put(time, new Bucket(new Statistics(), new Histogram()));
        }
    }

    private long begin(long micros) {
        return Math.floorDiv(micros, period) * period;
    }

    void add(TraceDigest trace) {
        requests.forEach(trace, (start, end, status) -> {
            if (forecast != null) {
                forecast.count(end, status);
            }
            var bucket = buckets.get(begin(end));
            if (bucket != null && range.contains(end)) {
                bucket.statistics.count(status, end - start);
                bucket.responseTimes.count(end - start);
            }
        });
    }

    List<TimeSeriesServiceStatistics> statistics() {
        return buckets.entrySet().stream()
                .map(entry -> TimeSeriesServiceStatistics.builder()
                        .timestamp(Micros.instant(entry.getKey()))
                        .edgeSummaryStatistics(
                                requests.ofService()
                                        ? null
                                        : entry.getValue().statistics.ofEdge())
                        .serviceSummaryStatistics(
                                requests.ofService()
                                        ? entry.getValue().statistics.ofService()
                                        : null)
                        .serviceForecastStatistics(expected(entry))
                        .responseTimeHistogram(entry.getValue().responseTimes.entries())
                        .build())
                .toList();
    }

    private @Nullable ForecastStatistics expected(Map.Entry<Long, Bucket> entry) {
        return forecast == null
                ? null
                : forecast.expected(entry.getKey(), entry.getValue().statistics.total());
    }
}
