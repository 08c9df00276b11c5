// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.log.LogSink;
import dev.clew.monitor.Logs;
import dev.clew.monitor.MetricServer;
import dev.clew.monitor.logs.LogsConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Challenge 4.2 of the recipe: functions log business metrics. */
final class EmbeddedMetricsTest {
    private final MetricServer server = MetricServer.start();
    private final Logs logs = new Logs(server.store, server.clock, LogsConfig.DEFAULTS, server.metrics.embedded());

    @AfterEach
    void close() {
        logs.close();
        server.close();
    }

    private void log(String line) {
        var lines = List.of(new LogSink.Line(server.clock.instant(), line));
        logs.sink().append(MetricServer.SCOPE, "/aws/lambda/order", "s", lines);
        logs.flush();
    }

    private String sum(String name, String service) {
        var points = server.call(
                        "GetMetricStatistics",
                        Map.of(
                                "Namespace",
                                "Orders",
                                "MetricName",
                                name,
                                "Dimensions",
                                List.of(Map.of("Name", "Service", "Value", service)),
                                "Period",
                                60,
                                "Statistics",
                                List.of("Sum"),
                                "StartTime",
                                server.now() - 60,
                                "EndTime",
                                server.now() + 60))
                .path("Datapoints");
        return points.path(0).path("Sum").asDouble() + " "
                + points.path(0).path("Unit").asString();
    }

    private String line(String more) {
        return "{\"_aws\":{\"Timestamp\":" + server.clock.millis()
                + ",\"CloudWatchMetrics\":[{\"Namespace\":\"Orders\",\"Dimensions\":[[\"Service\"],[]],\"Metrics\":["
                + "{\"Name\":\"OrdersCreated\",\"Unit\":\"Count\"},{\"Name\":\"OrderAmount\"}]}]},"
                + "\"Service\":\"pay\"," + more + "}";
    }

    @Test
    void countsWhatFunctionsLog() {
        log(line("\"OrdersCreated\":1,\"OrderAmount\":9.5"));
        log(line("\"OrdersCreated\":1,\"OrderAmount\":[1,2.5]") + "\n");
        assertThat(sum("OrdersCreated", "pay")).isEqualTo("2.0 Count");
        assertThat(sum("OrderAmount", "pay")).isEqualTo("13.0 None");
        assertThat(server.call("ListMetrics", Map.of("Namespace", "Orders")).path("Metrics"))
                .as("two metrics, each by service and of all")
                .hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json at all with \"_aws\" in it",
                "{\"_aws\":",
                "{\"_aws\":{\"CloudWatchMetrics\":\"x\"}}",
                "{\"_aws\":{\"CloudWatchMetrics\":[{\"Namespace\":\"AWS/Lambda\",\"Metrics\":[{\"Name\":\"m\"}]}]},\"m\":1}",
                "{\"_aws\":{\"CloudWatchMetrics\":[{\"Namespace\":\"n\",\"Metrics\":[{\"Name\":\"m\"}]}]},\"m\":\"1\"}",
                "{\"_aws\":{\"CloudWatchMetrics\":[{\"Namespace\":\"n\",\"Dimensions\":[[\"absent\"]],\"Metrics\":[{\"Name\":"
                    + "\"m\"}]}]},\"m\":1}",
                "{\"_aws\":{\"Timestamp\":0,\"CloudWatchMetrics\":[{\"Namespace\":\"n\",\"Metrics\":[{\"Name\":\"m\"}]}]},"
                    + "\"m\":1}",
                "{\"_aws\":{\"CloudWatchMetrics\":[{\"Namespace\":\"n\",\"Metrics\":[{\"Name\":\"m\"}]}]},\"m\":1e400}",
            })
    void passesOverWhatIsMalformed(String line) {
        log(line);
        assertThat(server.call("ListMetrics", Map.of()).path("Metrics")).isEmpty();
    }
}
