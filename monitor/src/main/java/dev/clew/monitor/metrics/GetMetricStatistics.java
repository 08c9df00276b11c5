// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.metrics;

import static java.util.Objects.requireNonNullElse;

import dev.clew.monitor.api.cloudwatch.CloudwatchErrors;
import dev.clew.monitor.api.cloudwatch.Datapoint;
import dev.clew.monitor.api.cloudwatch.GetMetricStatisticsInput;
import dev.clew.monitor.api.cloudwatch.GetMetricStatisticsOutput;
import dev.clew.monitor.metrics.MetricReader.Interval;
import dev.clew.wire.Call;
import dev.clew.wire.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** GetMetricStatistics: one metric, some statistics, by period. A metric in several units has data points of each. */
final class GetMetricStatistics implements Operation<GetMetricStatisticsInput, GetMetricStatisticsOutput> {
    private static final long MOST_POINTS = 1_440;

    private final MetricReader metrics;

    GetMetricStatistics(MetricReader metrics) {
        this.metrics = metrics;
    }

    @Override
    public GetMetricStatisticsOutput handle(GetMetricStatisticsInput input, Call call) {
        var simple = requireNonNullElse(input.statistics(), List.<String>of());
        var extended = extended(requireNonNullElse(input.extendedStatistics(), List.<String>of()));
        check(input, simple, extended);
        long period = input.period();
        long begin = Periods.floor(input.startTime().getEpochSecond(), period);
        var metric = MetricName.of(call.scope(), input.namespace(), input.metricName(), input.dimensions());
        metrics.refresh();
        var points = new ArrayList<Datapoint>();
        for (var data :
                metrics.read(metric, input.unit(), begin, input.endTime().getEpochSecond(), period)) {
            data.intervals()
                    .forEach((start, interval) -> points.add(point(start, interval, data.unit(), simple, extended)));
        }
        return new GetMetricStatisticsOutput(input.metricName(), points);
    }

    private static Map<String, Statistic> extended(List<String> texts) {
        var statistics = new LinkedHashMap<String, Statistic>();
        for (var text : texts) {
            statistics.put(
                    text,
                    Statistic.parse(text)
                            .orElseThrow(() -> CloudwatchErrors.invalidParameterValueException(
                                    "The value " + text + " for parameter ExtendedStatistics.member."
                                            + (texts.indexOf(text) + 1) + " is invalid.")));
        }
        return statistics;
    }

    private static void check(GetMetricStatisticsInput input, List<String> simple, Map<String, Statistic> extended) {
        if (simple.isEmpty() && extended.isEmpty()) {
            throw CloudwatchErrors.invalidParameterCombinationException(
                    "At least one of the parameters Statistics and ExtendedStatistics must be specified.");
        }
        if (!input.startTime().isBefore(input.endTime())) {
            throw CloudwatchErrors.invalidParameterValueException(
                    "The parameter StartTime must be less than the parameter EndTime.");
        }
        if (!Periods.isValid(input.period())) {
            throw CloudwatchErrors.invalidParameterValueException(
                    "The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.");
        }
        long span = input.endTime().getEpochSecond() - input.startTime().getEpochSecond();
        long points = Math.ceilDiv(span, (long) input.period());
        if (points > MOST_POINTS) {
            throw CloudwatchErrors.invalidParameterCombinationException("You have requested up to " + points
                    + " datapoints, which exceeds the limit of " + MOST_POINTS
                    + ". You may reduce the datapoints requested by increasing Period, or decreasing the time range.");
        }
    }

    private static Datapoint point(
            long start, Interval interval, String unit, List<String> simple, Map<String, Statistic> extended) {
        var more = new LinkedHashMap<String, Double>();
        extended.forEach((text, statistic) -> interval.statistic(statistic).ifPresent(value -> more.put(text, value)));
        return Datapoint.builder()
                .timestamp(Instant.ofEpochSecond(start))
                .unit(unit)
                .sampleCount(value(interval, simple, Statistic.Simple.SAMPLE_COUNT))
                .average(value(interval, simple, Statistic.Simple.AVERAGE))
                .sum(value(interval, simple, Statistic.Simple.SUM))
                .minimum(value(interval, simple, Statistic.Simple.MINIMUM))
                .maximum(value(interval, simple, Statistic.Simple.MAXIMUM))
                .extendedStatistics(more.isEmpty() ? null : more)
                .build();
    }

    private static @Nullable Double value(Interval interval, List<String> wanted, Statistic.Simple statistic) {
        OptionalDouble value =
                wanted.contains(statistic.text()) ? interval.statistic(statistic) : OptionalDouble.empty();
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
