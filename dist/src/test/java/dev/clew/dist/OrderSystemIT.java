// SPDX-License-Identifier: Apache-2.0
package dev.clew.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The order system, deployed, driven and read through boto3. */
class OrderSystemIT {
    @TempDir
    Path data;

    @BeforeAll
    static void need() {
        Tools.needPython();
    }

    @Test
    void oneOrderIsOneCompleteTraceAndOneGraph() {
        try (var server = RunningServer.start(data)) {
            var system = Tools.orderSystem(server, "deploy", Tools.RECIPE, "one");
            var api = system.get("api").asString();
            var cold = Tools.orderSystem(server, "orders", api, 1).get(0);
            assertThat(cold.get("status").asInt()).as("%s", cold).isEqualTo(200);
            assertThat(cold.get("apigwId").asString()).endsWith("=");
            RecipeTrace.checkDocuments(complete(server, cold, 30).get("documents"));

            var warm = Tools.orderSystem(server, "orders", api, 1).get(0);
            var read = complete(server, warm, 30);
            assertThat(read.get("seconds").asDouble()).as("warm trace complete").isLessThan(2);
            RecipeTrace.checkDocuments(read.get("documents"));

            for (var summary : Tools.orderSystem(server, "summaries")) {
                RecipeTrace.checkSummary(summary);
            }
            checkGraph(Tools.orderSystem(server, "graph"), 2);
            checkGraph(
                    Tools.orderSystem(server, "trace-graph", warm.get("trace").asString()), 1);
        }
    }

    @Test
    void fiftyOrdersAtOnceAreFiftyTracesNoneMixed() {
        try (var server = RunningServer.start(data)) {
            var system = Tools.orderSystem(server, "deploy", Tools.RECIPE, "fifty");
            var orders = Tools.orderSystem(server, "orders", system.get("api").asString(), 50);
            var traces = new HashSet<String>();
            var owners = new HashMap<String, String>(); // customer -> trace
            for (var order : orders) {
                assertThat(order.get("status").asInt()).as("%s", order).isEqualTo(200);
                assertThat(order.get("seconds").asDouble()).isLessThan(29);
                traces.add(order.get("trace").asString());
            }
            assertThat(traces).hasSize(50);
            for (var trace : traces) {
                var documents = Tools.orderSystem(server, "complete", trace, RecipeTrace.DOCUMENTS, 60)
                        .get("documents");
                RecipeTrace.checkDocuments(documents);
                var customers = new HashSet<String>();
                customers(documents, customers);
                assertThat(customers).as(trace).hasSize(1);
                assertThat(owners.put(customers.iterator().next(), trace)).isNull();
            }
        }
    }

    @Test
    void aRemovedPermissionRefusesOneDeliveryAndTheTraceSaysWhy() {
        try (var server = RunningServer.start(data)) {
            var system = Tools.orderSystem(server, "deploy", Tools.RECIPE, "refused");
            var payment = system.get("functions").get("payment").asString();
            Tools.orderSystem(server, "remove-permission", payment);
            var order = Tools.orderSystem(server, "orders", system.get("api").asString(), 1)
                    .get(0);
            assertThat(order.get("status").asInt()).isEqualTo(200);
            // without payment: stage, order, inventory and one notification with their functions, two buses
            var documents = Tools.orderSystem(
                            server, "complete", order.get("trace").asString(), 9, 30)
                    .get("documents");
            assertThat(documents).hasSize(9);
            assertThat(documents.toString())
                    .doesNotContain("process_payment")
                    .contains("events.amazonaws.com")
                    .contains("payment-processing-rule-refused");
            assertThat(server.log()).contains("payment-processing-rule-refused");
        }
    }

    private static JsonNode complete(RunningServer server, JsonNode order, int patience) {
        return Tools.orderSystem(server, "complete", order.get("trace").asString(), RecipeTrace.DOCUMENTS, patience);
    }

    /** Every customer id that metadata of any subsegment holds. */
    private static void customers(JsonNode node, HashSet<String> into) {
        if (node.has("customer_id")) {
            into.add(node.get("customer_id").asString());
        }
        node.forEach(child -> customers(child, into));
    }

    private static void checkGraph(JsonNode services, int orders) {
        var names = new HashMap<Integer, String>();
        for (var service : services) {
            names.put(service.get("ReferenceId").asInt(), label(service));
        }
        var edges = new HashMap<String, Integer>();
        for (var service : services) {
            for (var edge : service.get("Edges")) {
                edges.put(
                        label(service) + " > "
                                + names.get(edge.get("ReferenceId").asInt()),
                        edge.get("SummaryStatistics").get("TotalCount").asInt());
            }
        }
        var expected = new HashMap<String, Integer>();
        expected.put("client > stage", orders);
        expected.put("stage > order service", orders);
        for (var name : List.of("order", "payment", "inventory")) {
            expected.put(name + " service > " + name + " function", orders);
            expected.put(name + " function > events", orders);
        }
        expected.put("notification service > notification function", 2 * orders);
        expected.put("events > payment service", orders);
        expected.put("events > inventory service", orders);
        expected.put("events > notification service", 2 * orders);
        assertThat(edges).isEqualTo(expected);
        var events = new ArrayList<Map.Entry<Integer, String>>(names.entrySet());
        events.removeIf(entry -> !entry.getValue().equals("events"));
        assertThat(events).as("one Events node").hasSize(1);
    }

    private static String label(JsonNode service) {
        var name = service.path("Name").asString("");
        return switch (service.path("Type").asString("")) {
            case "client" -> "client";
            case "AWS::ApiGateway::Stage" -> "stage";
            case "AWS::Events" -> "events";
            case "AWS::Lambda" -> name.replaceAll("-service.*", "") + " service";
            case "AWS::Lambda::Function" -> name.replaceAll("-service.*", "") + " function";
            default -> service.toString();
        };
    }
}
