// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.cli.TestSurroundings;
import dev.clew.cli.server.FakeServer;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class DemoCommandTest {
    private static final String PACKAGE = "clew.examples";
    private static final String API = "{\"id\":\"api1\",\"name\":\"orders-api-%s\"}";

    @TempDir
    private Path home;

    private FakeServer server;
    private TestSurroundings surroundings;
    private String suffix;

    @BeforeEach
    void start() throws IOException {
        Files.write(home.resolve("order-system.jar"), new byte[] {'P', 'K'});
        System.setProperty(PACKAGE, home.toString());
        server = new FakeServer();
        surroundings = new TestSurroundings(home).with("CLEW_ENDPOINT", server.url());
        var digits = Long.toString(surroundings.clock.instant().toEpochMilli(), 36);
        suffix = digits.substring(digits.length() - 6);
        answer();
    }

    @AfterEach
    void stop() {
        server.close();
        System.clearProperty(PACKAGE);
    }

    @Test
    void deploysPlacesOrdersDrawsAndRemoves() {
        assertThat(surroundings.clew("demo")).as(surroundings.err.toString()).isZero();
        assertThat(surroundings.out.toString())
                .contains("14 documents · 568 ms · ok", "process_payment", "critical path", "└─3─▸ order-service");
        assertThat(surroundings.err.toString())
                .contains("✓ functions order, payment, inventory, notification", "✓ removed what was made");
        assertThat(server.operations())
                .contains("CreateRole", "AWSEvents.CreateEventBus", "PUT /restapis/api1/resources/r3/methods/POST")
                .containsSubsequence(
                        "POST /2015-03-31/functions", "AWSEvents.PutTargets", "POST /prod/orders/customer1")
                .containsSubsequence("DELETE /restapis/api1", "AWSEvents.DeleteEventBus", "DeleteRole");
        assertThat(server.requests())
                .filteredOn(request -> request.contains("/prod/orders/"))
                .hasSize(3)
                .allMatch(request -> request.startsWith("POST api1.execute-api.eu-west-3.amazonaws.com "));
    }

    @Test
    void keepsWhatItMadeIfAsked() {
        assertThat(surroundings.clew("demo", "--keep", "--orders", "2")).isZero();
        assertThat(server.operations()).noneMatch(operation -> operation.contains("Delete"));
    }

    @Test
    void removesWhatAFailedDeploymentLeft() {
        server.answering("AWSEvents.PutRule", "not json");
        assertThat(surroundings.clew("demo")).isIn(3, 4);
        assertThat(server.operations()).contains("CreateRole", "DeleteRole", "AWSEvents.DeleteEventBus");
    }

    @Test
    void saysWhereTheFunctionsShouldBe() {
        System.setProperty(PACKAGE, "/nowhere/at-all.jar");
        assertThat(surroundings.clew("demo")).isEqualTo(4);
        assertThat(surroundings.err.toString()).contains("not at /nowhere/at-all.jar");
        assertThat(server.operations()).isEmpty();
    }

    private void answer() throws IOException {
        for (var action : new String[] {"CreateRole", "AttachRolePolicy", "DetachRolePolicy", "DeleteRole"}) {
            server.answering(
                    action, "<%sResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"/>".formatted(action));
        }
        for (var action :
                new String[] {"CreateEventBus", "PutRule", "PutTargets", "RemoveTargets", "DeleteRule", "DeleteEventBus"
                }) {
            server.answering("AWSEvents." + action, "{}");
        }
        server.answering("Logs_20140328.DeleteLogGroup", "{}");
        server.answering("POST /2015-03-31/functions", "{}");
        for (var function : OrderSystem.Function.values()) {
            var path = "/2015-03-31/functions/" + system().name(function);
            server.answering("DELETE " + path, "{}").answering("POST " + path + "/policy", "{}");
        }
        server.answering("POST /restapis", API.formatted(suffix))
                .answering("GET /restapis", "{\"item\":[" + API.formatted(suffix) + "]}")
                .answering("DELETE /restapis/api1", "{}")
                .answering("GET /restapis/api1/resources", "{\"item\":[{\"id\":\"r1\",\"path\":\"/\"}]}")
                .answering("POST /restapis/api1/resources/r1", "{\"id\":\"r2\"}")
                .answering("POST /restapis/api1/resources/r2", "{\"id\":\"r3\"}")
                .answering("PUT /restapis/api1/resources/r3/methods/POST", "{}")
                .answering("PUT /restapis/api1/resources/r3/methods/POST/integration", "{}")
                .answering("POST /restapis/api1/deployments", "{\"id\":\"d1\"}");
        for (int i = 1; i <= 3; i++) {
            server.answering("POST /prod/orders/customer" + i, "{\"orderId\":\"o1\"}");
        }
        server.answering("/Traces", traces());
        server.answering(
                "/ServiceGraph",
                "{\"Services\":[{\"ReferenceId\":0,\"Type\":\"client\",\"Name\":\"x\",\"Edges\":[{\"ReferenceId\":1,"
                        + "\"SummaryStatistics\":{\"OkCount\":3}}]},{\"ReferenceId\":1,\"Name\":\"order-service\","
                        + "\"Type\":\"AWS::Lambda\",\"Edges\":[]}]}");
    }

    private OrderSystem system() {
        return new OrderSystem("eu-west-3", "111111111111", suffix);
    }

    private static String traces() throws IOException {
        var out = new StringWriter();
        try (var in = DemoCommandTest.class.getResourceAsStream("/dev/clew/cli/trace/recipe-warm.json");
                var json = JsonMapper.shared().createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("Traces");
            json.writeStartObject();
            json.writeArrayPropertyStart("Segments");
            for (var document : JsonMapper.shared().readTree(in)) {
                json.writeStartObject();
                json.writeStringProperty("Id", document.path("id").asString());
                json.writeStringProperty("Document", document.toString());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toString();
    }
}
