// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.TaskGroup;
import dev.clew.core.metric.MetricSink;
import dev.clew.monitor.MetricServer;
import dev.clew.monitor.alarms.AlarmEffects;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class MetricDataTest {
    private MetricServer server = MetricServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private JsonNode statistics(String name, int period, long secondsAgo, Map<String, ?> more) {
        var input = new java.util.HashMap<String, Object>(Map.of(
                "Namespace",
                "Shop",
                "MetricName",
                name,
                "Period",
                period,
                "StartTime",
                server.now() - secondsAgo,
                "EndTime",
                server.now() + 60));
        input.putAll(more);
        return server.call("GetMetricStatistics", input).path("Datapoints");
    }

    private static final Map<String, ?> ALL =
            Map.of("Statistics", List.of("SampleCount", "Average", "Sum", "Minimum", "Maximum"));

    @Test
    void addsUpTheValuesOfAMinuteAcrossCallsAndRestarts() {
        server.put("Shop", server.datum("Orders", 3, 0), server.datum("Orders", 5, 0));
        server.put("Shop", server.datum("Orders", 1, 0));
        server = server.restarted();
        server.put("Shop", server.datum("Orders", 7, 0));
        var points = statistics("Orders", 60, 300, ALL);
        assertThat(points).hasSize(1);
        var point = points.path(0);
        assertThat(point.path("SampleCount").asDouble()).isEqualTo(4);
        assertThat(point.path("Sum").asDouble()).isEqualTo(16);
        assertThat(point.path("Average").asDouble()).isEqualTo(4);
        assertThat(point.path("Minimum").asDouble()).isEqualTo(1);
        assertThat(point.path("Maximum").asDouble()).isEqualTo(7);
        assertThat(point.path("Unit").asString()).isEqualTo("None");
        assertThat(point.path("Timestamp").asLong()).isEqualTo(server.now());
    }

    @Test
    void takesWhatAClientHasAddedUpAlready() {
        server.put(
                "Shop",
                Map.of(
                        "MetricName",
                        "Orders",
                        "StatisticValues",
                        Map.of("SampleCount", 4, "Sum", 10, "Minimum", 1, "Maximum", 6)),
                Map.of("MetricName", "Orders", "Values", List.of(2, 9), "Counts", List.of(3, 1)));
        var point = statistics("Orders", 60, 60, ALL).path(0);
        assertThat(point.path("SampleCount").asDouble()).isEqualTo(8);
        assertThat(point.path("Sum").asDouble()).isEqualTo(25);
        assertThat(point.path("Maximum").asDouble()).isEqualTo(9);
        assertThat(statistics("Orders", 60, 60, Map.of("ExtendedStatistics", List.of("p50")))
                        .path(0)
                        .has("ExtendedStatistics"))
                .as("how the four values spread is not known")
                .isFalse();
    }

    @Test
    void keepsMetricsApartThatDifferInADimension() {
        server.put(
                "Shop",
                Map.of("MetricName", "Orders", "Value", 1),
                Map.of("MetricName", "Orders", "Value", 2, "Dimensions", List.of(dimension("Service", "pay"))),
                Map.of(
                        "MetricName",
                        "Orders",
                        "Value",
                        4,
                        "Dimensions",
                        List.of(dimension("Service", "pay"), dimension("Stage", "prod"))));
        var swapped = Map.of(
                "Statistics",
                List.of("Sum"),
                "Dimensions",
                List.of(dimension("Stage", "prod"), dimension("Service", "pay")));
        assertThat(statistics("Orders", 60, 60, swapped).path(0).path("Sum").asDouble())
                .isEqualTo(4);
        assertThat(statistics("Orders", 60, 60, ALL).path(0).path("Sum").asDouble())
                .isEqualTo(1);
        assertThat(server.call(
                                "ListMetrics",
                                Map.of("Namespace", "Shop", "Dimensions", List.of(Map.of("Name", "Stage"))))
                        .path("Metrics"))
                .hasSize(1);
        assertThat(server.call("ListMetrics", Map.of()).path("Metrics")).hasSize(3);
    }

    private static Map<String, String> dimension(String name, String value) {
        return Map.of("Name", name, "Value", value);
    }

    @Test
    void beginsPeriodsAtTheirMultiples() {
        server.clock.advance(Duration.ofMinutes(7)); // 10:07
        server.put("Shop", server.datum("Orders", 1, 0), server.datum("Orders", 2, 60), server.datum("Orders", 4, 300));
        var points = statistics("Orders", 300, 420, Map.of("Statistics", List.of("Sum")));
        assertThat(points.valueStream().map(point -> point.path("Sum").asDouble()))
                .containsExactlyInAnyOrder(3.0, 4.0);
        assertThat(points.valueStream().map(point -> point.path("Timestamp").asLong() % 300))
                .containsOnly(0L);
    }

    @Test
    void keepsHighResolutionByTheSecondForThreeHours() {
        var fine = Map.of("MetricName", "Fine", "Value", 1, "StorageResolution", 1, "Timestamp", server.now() - 2);
        server.put("Shop", fine, server.datum("Coarse", 1, 2));
        assertThat(statistics("Fine", 1, 60, Map.of("Statistics", List.of("Sum"))))
                .hasSize(1);
        assertThat(statistics("Coarse", 1, 60, Map.of("Statistics", List.of("Sum"))))
                .isEmpty();
        assertThat(statistics("Coarse", 60, 60, Map.of("Statistics", List.of("Sum"))))
                .hasSize(1);
    }

    @Test
    void dropsWhatIsPastItsRetention() {
        server.put("Shop", server.datum("Orders", 1, 0));
        long stored = server.now();
        server.clock.advance(Duration.ofDays(20));
        server.metrics.tick(AlarmEffects.NONE);
        assertThat(server.store.tables()).noneMatch(table -> table.startsWith("metrics.minute."));
        assertThat(server.store.tables()).anyMatch(table -> table.startsWith("metrics.five-minutes."));
        var sum = Map.of("Statistics", List.of("Sum"), "StartTime", stored - 300, "EndTime", stored + 300);
        assertThat(statistics("Orders", 60, 0, sum)).isEmpty();
        assertThat(statistics("Orders", 300, 0, sum)).hasSize(1);
        assertThat(server.call("ListMetrics", Map.of()).path("Metrics"))
                .as("metrics without data for two weeks are not listed")
                .isEmpty();
    }

    @Test
    void listsByPages() {
        for (int batch = 0; batch < 2; batch++) {
            var data = new Map<?, ?>[400];
            for (int i = 0; i < data.length; i++) {
                data[i] = server.datum("m" + batch + "-" + i, 1, 0);
            }
            server.put("Shop", data);
        }
        var first = server.call("ListMetrics", Map.of());
        assertThat(first.path("Metrics")).hasSize(500);
        var second = server.call(
                "ListMetrics", Map.of("NextToken", first.path("NextToken").asString()));
        assertThat(second.path("Metrics")).hasSize(300);
        assertThat(second.has("NextToken")).isFalse();
    }

    @Test
    void refusesNewMetricsWhenThereIsNoRoomAndKeepsTheOldOnes() {
        server.close();
        server = MetricServer.start(new MetricsConfig(2, Duration.ofMinutes(1), Duration.ofMinutes(10)));
        server.put("Shop", server.datum("a", 1, 0), server.datum("b", 1, 0));
        server.refused(
                "LimitExceededException",
                "There are as many metrics as this server keeps; metrics without data for two weeks make room.",
                "PutMetricData",
                Map.of("Namespace", "Shop", "MetricData", List.of(server.datum("c", 1, 0))));
        server.put("Shop", server.datum("a", 1, 0));
        server.clock.advance(Duration.ofDays(15));
        server.put("Shop", server.datum("c", 1, 0));
    }

    @Test
    void losesNothingWhenManyPutTheSameMetric() throws Exception {
        try (var writers = TaskGroup.open("put")) {
            for (int i = 0; i < 16; i++) {
                writers.fork(() -> {
                    for (int n = 0; n < 25; n++) {
                        server.put("Shop", server.datum("Orders", 1, 0));
                    }
                    return null;
                });
            }
            writers.join(Duration.ofMinutes(1));
        }
        assertThat(statistics("Orders", 60, 60, ALL).path(0).path("Sum").asDouble())
                .isEqualTo(400);
    }

    @Test
    void showsWhatThePlatformCountsAtOnceAndKeepsItWhenTheServerEnds() {
        var source = new MetricSink.Source(MetricServer.SCOPE, "AWS/Events", Map.of("RuleName", "r"));
        server.metrics.sink().count(source, "Invocations");
        server.metrics.sink().count(source, "Invocations");
        var ask = Map.of(
                "Namespace", "AWS/Events",
                "Statistics", List.of("Sum"),
                "Dimensions", List.of(dimension("RuleName", "r")));
        assertThat(statistics("Invocations", 60, 60, ask).path(0).path("Sum").asDouble())
                .isEqualTo(2);
        server.metrics.sink().record(source, "Invocations", MetricSink.Unit.COUNT, 3);
        server = server.restarted();
        var point = statistics("Invocations", 60, 60, ask).path(0);
        assertThat(point.path("Sum").asDouble()).isEqualTo(5);
        assertThat(point.path("Unit").asString()).isEqualTo("Count");
    }

    @Test
    void refusesWhatMakesNoSense() {
        var both = Map.of("MetricName", "m", "Value", 1, "Values", List.of(1));
        refusedPut(
                "InvalidParameterCombinationException",
                "The parameters MetricData.member.1.Value and MetricData.member.1.Values are mutually exclusive and you"
                        + " have specified both.",
                both);
        refusedPut(
                "InvalidParameterValueException",
                "The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size.",
                Map.of("MetricName", "m", "Values", List.of(1, 2), "Counts", List.of(1)));
        refusedPut(
                "InvalidParameterValueException",
                "The parameter MetricData.member.1.Timestamp must specify a time no more than two weeks in the past.",
                server.datum("m", 1, Duration.ofDays(14).toSeconds() + 1));
        refusedPut(
                "InvalidParameterValueException",
                "The parameter MetricData.member.1.Timestamp must specify a time no more than two hours in the future.",
                server.datum("m", 1, -7_201));
        server.refused(
                "InvalidParameterValueException",
                "The value AWS/ for parameter Namespace is invalid.",
                "PutMetricData",
                Map.of("Namespace", "AWS/Events", "MetricData", List.of(server.datum("m", 1, 0))));
        assertThat(server.call("ListMetrics", Map.of()).path("Metrics")).isEmpty();
    }

    private void refusedPut(String code, String message, Map<String, ?> datum) {
        server.refused(code, message, "PutMetricData", Map.of("Namespace", "Shop", "MetricData", List.of(datum)));
    }

    @Test
    void refusesStatisticsOfTooManyPointsAndOfNoTime() {
        var day = Map.of(
                "Namespace",
                "Shop",
                "MetricName",
                "Orders",
                "Period",
                1,
                "StartTime",
                server.now() - 86_400,
                "EndTime",
                server.now(),
                "Statistics",
                List.of("Sum"));
        server.refused(
                "InvalidParameterCombinationException",
                "You have requested up to 86400 datapoints, which exceeds the limit of 1440. You may reduce the"
                        + " datapoints requested by increasing Period, or decreasing the time range.",
                "GetMetricStatistics",
                day);
        var none = new java.util.HashMap<String, Object>(day);
        none.put("StartTime", server.now());
        server.refused(
                "InvalidParameterValueException",
                "The parameter StartTime must be less than the parameter EndTime.",
                "GetMetricStatistics",
                none);
    }

    @Test
    void speaksAwsQuery() {
        var put = server.form("Action=PutMetricData&Version=2010-08-01&Namespace=Shop&MetricData.member.1.MetricName=m"
                + "&MetricData.member.1.Value=2.5");
        assertThat(put.text())
                .isEqualTo("<PutMetricDataResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\">"
                               + "<ResponseMetadata><RequestId>00000000-0000-4000-8000-000000000001</RequestId></ResponseMetadata>"
                               + "</PutMetricDataResponse>");
        var wrong = server.form("Action=GetMetricStatistics&Version=2010-08-01&Namespace=Shop&MetricName=m&Period=60"
                + "&StartTime=2026-08-07T10:00:00Z&EndTime=2026-08-07T10:00:00Z&Statistics.member.1=Sum");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text())
                .contains("<Type>Sender</Type><Code>InvalidParameterValue</Code>"
                        + "<Message>The parameter StartTime must be less than the parameter EndTime.</Message>");
    }
}
