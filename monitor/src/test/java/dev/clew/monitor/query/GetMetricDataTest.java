// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.monitor.MetricServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Five minutes, 09:55 to 09:59: faults 1, 2, none, 4, 0; requests 10, 10, 10, 20, 0. */
final class GetMetricDataTest {
    private final MetricServer server = MetricServer.start();

    @BeforeEach
    void data() {
        server.put(
                "Shop",
                of("Faults", 1, 300),
                of("Faults", 2, 240),
                of("Faults", 4, 120),
                of("Faults", 0, 60),
                of("Requests", 10, 300),
                of("Requests", 10, 240),
                of("Requests", 10, 180),
                of("Requests", 20, 120),
                of("Requests", 0, 60));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Map<String, Object> of(String name, double value, long secondsAgo) {
        var datum = new HashMap<>(server.datum(name, value, secondsAgo));
        datum.put("Dimensions", List.of(Map.of("Name", "Service", "Value", "pay")));
        return datum;
    }

    private static Map<String, Object> stat(String id, String metric) {
        return Map.of(
                "Id",
                id,
                "ReturnData",
                false,
                "MetricStat",
                Map.of(
                        "Metric",
                        Map.of(
                                "Namespace",
                                "Shop",
                                "MetricName",
                                metric,
                                "Dimensions",
                                List.of(Map.of("Name", "Service", "Value", "pay"))),
                        "Period",
                        60,
                        "Stat",
                        "Sum"));
    }

    private JsonNode answer(String expression, Map<String, ?> more) {
        var input = new HashMap<String, Object>(Map.of(
                "MetricDataQueries",
                List.of(stat("f", "Faults"), stat("r", "Requests"), Map.of("Id", "e", "Expression", expression)),
                "StartTime",
                server.now() - 300,
                "EndTime",
                server.now(),
                "ScanBy",
                "TimestampAscending"));
        input.putAll(more);
        return server.call("GetMetricData", input);
    }

    private String values(String expression) {
        var values = new ArrayList<String>();
        answer(expression, Map.of())
                .path("MetricDataResults")
                .forEach(result -> values.add(result.path("Values").toString()));
        return String.join(" ", values);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "f ; [1.0,2.0,4.0,0.0]",
                "100 * f / r ; [10.0,20.0,20.0]", // nothing where nothing is, nor for 0/0
                "f + r * 2 - 1 ; [20.0,21.0,43.0,-1.0]",
                "-f ^ 2 ; [-1.0,-4.0,-16.0,0.0]",
                "(f + 1) * 2 ; [4.0,6.0,10.0,2.0]",
                "f >= 2 AND r > 10 ; [0.0,0.0,1.0,0.0]",
                "f == 1 || f == 4 ; [1.0,0.0,1.0,0.0]",
                "FILL(f, 0) ; [1.0,2.0,0.0,4.0,0.0]",
                "FILL(f, REPEAT) ; [1.0,2.0,2.0,4.0,0.0]",
                "FILL(f, LINEAR) ; [1.0,2.0,3.0,4.0,0.0]",
                "IF(f > 1, f, -1) ; [-1.0,2.0,4.0,-1.0]",
                "IF(FILL(f, 0) > 1, f) ; [2.0,4.0]",
                "SUM(METRICS()) ; [11.0,12.0,10.0,24.0,0.0]",
                "SUM(METRICS(\"f\")) ; [1.0,2.0,4.0,0.0]",
                "AVG([f, r]) ; [5.5,6.0,10.0,12.0,0.0]",
                "MAX([f, r]) ; [10.0,10.0,10.0,20.0,0.0]",
                "MIN([f, r]) ; [1.0,2.0,10.0,4.0,0.0]",
                "f * SUM(f) ; [7.0,14.0,28.0,0.0]",
                "RATE(r) * 60 ; [0.0,0.0,10.0,-20.0]",
                "RATE(f * 60) ; [1.0,1.0,-4.0]",
                "DIFF(f) ; [1.0,2.0,-4.0]",
                "RUNNING_SUM(f) ; [1.0,3.0,7.0,7.0]",
                "f * 0 + PERIOD(f) ; [60.0,60.0,60.0,60.0]",
                "TIME_SERIES(7) ; [7.0,7.0,7.0,7.0,7.0]",
                "f * 0 + METRIC_COUNT(METRICS()) ; [2.0,2.0,2.0,2.0]",
                "f * 0 + MINUTE(f) ; [55.0,56.0,58.0,59.0]",
                "f * 0 + DAY(f) ; [5.0,5.0,5.0,5.0]", // a Friday
                "METRICS() ; [1.0,2.0,4.0,0.0] [10.0,10.0,10.0,20.0,0.0]",
                "SORT(METRICS(), SUM, DESC, 1) ; [10.0,10.0,10.0,20.0,0.0]",
                "SLICE(METRICS(), 1) ; [10.0,10.0,10.0,20.0,0.0]",
                "SUM(SEARCH('{Shop,Service} MetricName=\"Requests\"', 'Sum', 60)) ; [10.0,10.0,10.0,20.0,0.0]",
                "SEARCH('{Shop,Service} pay NOT Requests', 'Sum', 60) ; [1.0,2.0,4.0,0.0]",
                "SUM(SEARCH('{Shop} Requests', 'Sum', 60)) ; []",
            })
    void computes(String expression, String expected) {
        assertThat(values(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "f +",
                "(f",
                "f)",
                "unknown",
                "NOTHING(f)",
                "1 + 2",
                "'text'",
                "e + 1",
                "f / 'x'",
                "IF(f)",
                "[f, r",
                "SEARCH('{Shop', 'Sum', 60)",
                "SEARCH('x', 'Nothing', 60)",
                "SUM(5)",
                "\"open",
            })
    void refusesExpressionsThatMakeNoSense(String expression) {
        var response = server.send(
                "GetMetricData",
                Map.of(
                        "MetricDataQueries",
                        List.of(stat("f", "Faults"), Map.of("Id", "e", "Expression", expression)),
                        "StartTime",
                        server.now() - 300,
                        "EndTime",
                        server.now()));
        assertThat(response.status()).as(response.text()).isEqualTo(400);
    }

    @Test
    void refusesExpressionsThatAreNestedTooDeep() {
        server.refused(
                "ValidationError",
                "Error in expression 'e': The expression is nested deeper than 50",
                "GetMetricData",
                Map.of(
                        "MetricDataQueries",
                        List.of(Map.of("Id", "e", "Expression", "(".repeat(900))),
                        "StartTime",
                        server.now() - 300,
                        "EndTime",
                        server.now()));
    }

    @Test
    void givesNewestFirstUnlessAskedOtherwise() {
        var values = answer("r", Map.of("ScanBy", "TimestampDescending"))
                .path("MetricDataResults")
                .path(0);
        assertThat(values.path("Values").toString()).isEqualTo("[0.0,20.0,10.0,10.0,10.0]");
        assertThat(values.path("Timestamps").path(0).asLong()).isEqualTo(server.now() - 60);
        assertThat(values.path("StatusCode").asString()).isEqualTo("Complete");
        assertThat(values.path("Label").asString()).isEqualTo("e");
    }

    @Test
    void cutsIntoPages() {
        var first = answer("METRICS()", Map.of("MaxDatapoints", 6));
        assertThat(first.path("MetricDataResults").path(1).path("Values").toString())
                .isEqualTo("[10.0,10.0]");
        assertThat(first.path("MetricDataResults").path(1).path("StatusCode").asString())
                .isEqualTo("PartialData");
        var second = answer(
                "METRICS()",
                Map.of("MaxDatapoints", 6, "NextToken", first.path("NextToken").asString()));
        assertThat(second.path("MetricDataResults").path(0).path("Values").toString())
                .isEqualTo("[10.0,20.0,0.0]");
        assertThat(second.has("NextToken")).isFalse();
    }

    @Test
    void saysSoWhenAMetricHasSeveralUnits() {
        server.put(
                "Shop",
                Map.of("MetricName", "Time", "Value", 1, "Unit", "Seconds", "Timestamp", server.now() - 60),
                Map.of("MetricName", "Time", "Value", 900, "Unit", "Milliseconds", "Timestamp", server.now() - 60));
        var metric = Map.of("Namespace", "Shop", "MetricName", "Time");
        var stat = Map.of("Metric", metric, "Period", 60, "Stat", "Sum");
        var answer = server.call(
                "GetMetricData",
                Map.of(
                        "MetricDataQueries", List.of(Map.of("Id", "m", "MetricStat", stat)),
                        "StartTime", server.now() - 300,
                        "EndTime", server.now()));
        var result = answer.path("MetricDataResults").path(0);
        assertThat(result.path("Values")).hasSize(1);
        assertThat(result.path("Label").asString()).isEqualTo("Time");
        assertThat(result.path("Messages").path(0).path("Code").asString()).isEqualTo("MultipleUnits");
        assertThat(result.path("Messages").path(0).path("Value").asString())
                .isEqualTo("Multiple units returned: '[Milliseconds, Seconds]'");
    }
}
