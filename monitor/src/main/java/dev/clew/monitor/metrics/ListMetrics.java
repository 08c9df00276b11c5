// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.metrics;

import static java.util.Objects.requireNonNullElse;

import dev.clew.monitor.api.cloudwatch.CloudwatchErrors;
import dev.clew.monitor.api.cloudwatch.DimensionFilter;
import dev.clew.monitor.api.cloudwatch.ListMetricsInput;
import dev.clew.monitor.api.cloudwatch.ListMetricsOutput;
import dev.clew.monitor.api.cloudwatch.Metric;
import dev.clew.wire.Call;
import dev.clew.wire.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ListMetrics: the metrics with data in the last two weeks, or three hours. */
final class ListMetrics implements Operation<ListMetricsInput, ListMetricsOutput> {
    private static final int PAGE = 500;
    private static final Duration RECENTLY = Duration.ofHours(3);

    private final SeriesTable series;
    private final Recorder recorder;
    private final InstantSource time;

    ListMetrics(SeriesTable series, Recorder recorder, InstantSource time) {
        this.series = series;
        this.recorder = recorder;
        this.time = time;
    }

    @Override
    public ListMetricsOutput handle(ListMetricsInput input, Call call) {
        recorder.flush();
        var span = input.recentlyActive() == null ? SeriesTable.LISTED : RECENTLY;
        var found = series.list(call.scope(), time.instant().minus(span), position(input.nextToken()))
                .map(Series::metric)
                .filter(metric -> fits(metric, input))
                .limit(PAGE + 1L)
                .toList();
        var shown = found.stream().limit(PAGE).toList();
        return new ListMetricsOutput(
                shown.stream()
                        .map(metric -> new Metric(metric.namespace(), metric.name(), metric.dimensions()))
                        .toList(),
                found.size() > PAGE ? token(shown.getLast()) : null,
                null);
    }

    private static boolean fits(MetricName metric, ListMetricsInput input) {
        var namespace = input.namespace();
        var name = input.metricName();
        return (namespace == null || metric.namespace().equals(namespace))
                && (name == null || metric.name().equals(name))
                && requireNonNullElse(input.dimensions(), List.<DimensionFilter>of()).stream()
                        .allMatch(filter -> fits(metric.dimension(filter.name()), filter.value()));
    }

    private static boolean fits(@Nullable String value, @Nullable String wanted) {
        return value != null && (wanted == null || wanted.equals(value));
    }

    private static String token(MetricName last) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(last.key().getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String position(@Nullable String token) {
        if (token == null) {
            return null;
        }
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw CloudwatchErrors.invalidParameterValueException("The value for parameter NextToken is invalid.");
        }
    }
}
