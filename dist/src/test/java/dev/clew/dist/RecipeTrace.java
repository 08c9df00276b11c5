// SPDX-License-Identifier: Apache-2.0
package dev.clew.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What the trace of one order must be, as clients read it. */
final class RecipeTrace {
    static final int DOCUMENTS = 14;

    private RecipeTrace() {}

    /** One root, every parent inside the trace, the right documents, the SDK's subsegments under the Invocation. */
    static void checkDocuments(JsonNode documents) {
        var origins = new TreeMap<String, Integer>();
        var parents = new HashMap<String, List<String>>(); // id -> names from the root of its document down
        documents.forEach(document -> {
            origins.merge(document.get("origin").asString(), 1, Integer::sum);
            collect(document, List.of(), parents);
        });
        assertThat(origins)
                .isEqualTo(Map.of(
                        "AWS::ApiGateway::Stage", 1,
                        "AWS::Lambda", 5,
                        "AWS::Lambda::Function", 5,
                        "AWS::Events", 3));
        var roots = new ArrayList<JsonNode>();
        for (var document : documents) {
            if (document.has("parent_id")) {
                assertThat(parents).containsKey(document.get("parent_id").asString());
            } else {
                roots.add(document);
            }
        }
        assertThat(roots).hasSize(1);
        assertThat(roots.getFirst().get("origin").asString()).isEqualTo("AWS::ApiGateway::Stage");
        for (var names : Map.of(
                        "process_order", "order_service_handler",
                        "process_payment", "payment_service_handler",
                        "update_inventory", "inventory_service_handler",
                        "send_notification", "notification_service_handler")
                .entrySet()) {
            assertThat(parents.values())
                    .anySatisfy(
                            path -> assertThat(path).containsSequence("Invocation", names.getValue(), names.getKey()));
        }
    }

    private static void collect(JsonNode segment, List<String> above, Map<String, List<String>> paths) {
        var path = new ArrayList<>(above);
        path.add(segment.get("name").asString());
        paths.put(segment.get("id").asString(), path);
        segment.path("subsegments").forEach(subsegment -> collect(subsegment, path, paths));
    }

    /** Annotations of every service, the gateway's response time, and a duration that covers the slowest branch. */
    static void checkSummary(JsonNode summary) {
        assertThat(summary.get("Annotations").propertyNames())
                .contains("order_id", "service_name", "payment_amount", "notification_type");
        assertThat(summary.get("HasFault").asBoolean()).isFalse();
        assertThat(summary.get("HasError").asBoolean()).isFalse();
        assertThat(summary.get("Duration").asDouble()).isGreaterThan(0.5);
        assertThat(summary.get("ResponseTime").asDouble())
                .isLessThan(summary.get("Duration").asDouble());
    }
}
