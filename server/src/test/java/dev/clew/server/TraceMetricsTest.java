// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Traces count in the groups that they are in, each once however often its documents come. */
@Timeout(60)
class TraceMetricsTest {
    @TempDir
    Path folder;

    private Clew clew;
    private HttpClient http;

    @BeforeEach
    void start() throws IOException {
        var ports = Map.of(
                "port", "0",
                "daemon-port", "0",
                "otlp-grpc-port", "0",
                "otlp-http-port", "0",
                "durability", "memory");
        clew = Clew.start(Settings.of(Map.of(), Map.of(), ports, folder));
        http = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        http.close();
        clew.close();
    }

    private JsonNode call(String path, String target, Object input) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(clew.endpoint().resolve(path))
                .header("Content-Type", "application/x-amz-json-1.0")
                .POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(input)));
        if (!target.isEmpty()) {
            request.header("X-Amz-Target", target);
        }
        var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body().isEmpty() ? "{}" : response.body());
    }

    private void put(int number, boolean fault) throws IOException, InterruptedException {
        double now = Instant.now().toEpochMilli() / 1_000.0;
        var document = """
            {"trace_id":"1-%08x-%024x","id":"%016x","name":"pay","start_time":%.3f,"end_time":%.3f,"fault":%s}\
            """.formatted((long) now, number, number, now - 1, now - 0.5, fault);
        call("/TraceSegments", "", Map.of("TraceSegmentDocuments", List.of(document)));
        call("/TraceSegments", "", Map.of("TraceSegmentDocuments", List.of(document)));
    }

    private double sum(String group, String metric) throws IOException, InterruptedException {
        var points = call(
                        "/",
                        "GraniteServiceVersion20100801.GetMetricStatistics",
                        Map.of(
                                "Namespace",
                                "AWS/X-Ray",
                                "MetricName",
                                metric,
                                "Dimensions",
                                List.of(Map.of("Name", "GroupName", "Value", group)),
                                "Period",
                                60,
                                "Statistics",
                                List.of("Sum"),
                                "StartTime",
                                Instant.now().getEpochSecond() - 300,
                                "EndTime",
                                Instant.now().getEpochSecond() + 60))
                .path("Datapoints");
        return points.valueStream()
                .mapToDouble(point -> point.path("Sum").asDouble())
                .sum();
    }

    @Test
    void countsTracesByGroup() throws Exception {
        call(
                "/CreateGroup",
                "",
                Map.of("GroupName", "faults", "FilterExpression", "service(\"pay\") { fault = true }"));
        put(1, false);
        put(2, true);
        put(3, true);
        while (sum("Default", "ApproximateTraceCount") < 3) {
            Thread.onSpinWait(); // counted moments after they are stored; the test's own limit ends this
        }
        assertThat(sum("Default", "ApproximateTraceCount")).isEqualTo(3);
        assertThat(sum("Default", "FaultCount")).isEqualTo(2);
        assertThat(sum("faults", "ApproximateTraceCount")).isEqualTo(2);
    }
}
