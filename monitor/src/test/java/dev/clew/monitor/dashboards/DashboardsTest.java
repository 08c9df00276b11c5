// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.monitor.MetricServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Challenge 4.1 of the recipe. */
final class DashboardsTest {
    private static final String BODY = """
        {"start":"-PT3H", "widgets":[
         {"type":"metric","x":0,"y":0,"width":12,"height":6,"properties":{"metrics":[["AWS/Events","Invocations"]]}},
         {"type":"log","properties":{"query":"SOURCE 'f' | filter @message like /ERROR/"}},
         {"type":"trace","properties":{"query":"service(\\"order\\")"}},
         {"type":"text","properties":{"markdown":"# Hello"}},
         {"type":"alarm","properties":{"alarms":["arn"]}},
         {"type":"custom","properties":{}}]}
        """;

    private MetricServer server = MetricServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void keepsTheBodyAsItCame() {
        var put = server.call("PutDashboard", Map.of("DashboardName", "Orders", "DashboardBody", BODY));
        assertThat(put.path("DashboardValidationMessages")).hasSize(1);
        assertThat(put.at("/DashboardValidationMessages/0/DataPath").asString()).isEqualTo("/widgets/5/properties");
        server = server.restarted();
        var got = server.call("GetDashboard", Map.of("DashboardName", "Orders"));
        assertThat(got.path("DashboardBody").asString()).isEqualTo(BODY);
        assertThat(got.path("DashboardArn").asString()).isEqualTo("arn:aws:cloudwatch::111111111111:dashboard/Orders");
    }

    @Test
    void listsAndDeletes() {
        for (var name : List.of("a-1", "a-2", "b")) {
            server.call("PutDashboard", Map.of("DashboardName", name, "DashboardBody", "{\"widgets\":[]}"));
        }
        var listed = server.call("ListDashboards", Map.of("DashboardNamePrefix", "a"));
        assertThat(listed.path("DashboardEntries")).hasSize(2);
        assertThat(listed.at("/DashboardEntries/0/Size").asInt()).isEqualTo(14);
        server.refused(
                "DashboardNotFoundError",
                "Dashboard none does not exist",
                "DeleteDashboards",
                Map.of("DashboardNames", List.of("a-1", "none")));
        server.call("DeleteDashboards", Map.of("DashboardNames", List.of("a-1", "b")));
        assertThat(server.call("ListDashboards", Map.of()).path("DashboardEntries"))
                .hasSize(1);
        server.refused(
                "DashboardNotFoundError",
                "Dashboard a-1 does not exist",
                "GetDashboard",
                Map.of("DashboardName", "a-1"));
    }

    @Test
    void refusesABadName() {
        server.refused(
                "InvalidParameterValueException",
                "The value for field DashboardName contains invalid characters. It can only contain alphanumerics,"
                        + " dash (-) and underscore (_).\n",
                "PutDashboard",
                Map.of("DashboardName", "a b", "DashboardBody", "{\"widgets\":[]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "no json; The field DashboardBody must be a valid JSON object",
                "[]; The field DashboardBody must be a valid JSON object",
                "{}; The field 'widgets' is required",
                "{\"widgets\":{}}; /widgets Should be an array",
                "{\"widgets\":[{\"type\":\"text\",\"properties\":{}}]}; /widgets/0/properties/markdown Should be a"
                        + " string",
                "{\"widgets\":[{\"type\":\"text\",\"x\":24,\"properties\":{\"markdown\":\"\"}}]}; /widgets/0/x Should"
                        + " be a whole number from 0 to 23",
                "{\"widgets\":[{\"type\":\"metric\",\"properties\":{\"metrics\":[[]]}}]};"
                        + " /widgets/0/properties/metrics/0 Should be an array that is not empty",
            })
    void refusesABadBody(String body, String message) {
        var response = server.send("PutDashboard", Map.of("DashboardName", "a", "DashboardBody", body));
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).contains("DashboardInvalidInputError").contains(message);
    }
}
