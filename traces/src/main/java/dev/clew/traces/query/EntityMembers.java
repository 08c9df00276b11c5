// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.query;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Which members of an entity an answer carries. */
final class EntityMembers {
    private static final Set<String> INFERRED = Set.of(
            "name",
            "start_time",
            "end_time",
            "in_progress",
            "http",
            "aws",
            "sql",
            "error",
            "throttle",
            "fault",
            "cause");

    /** Members of our own extensions begin with this. */
    private static final String EXTENSION = "clew.";

    private EntityMembers() {}

    /**
     * The members of {@code raw} that the format knows, in their order, without subsegments.
     *
     * @param nested whether it is a subsegment inside another entity: what its document says of trace and type is dropped
     * @param platform whether the platform wrote it: only then does {@code inferred} mean anything
     */
    static ObjectNode known(ObjectNode raw, boolean nested, boolean platform) {
        var known = JsonNodeFactory.instance.objectNode();
        for (var member : raw.properties()) {
            if (isKnown(member.getKey(), member.getValue(), nested, platform)) {
                known.set(member.getKey(), member.getValue());
            }
        }
        if (known.get("annotations") instanceof ObjectNode annotations) {
            annotations.removeIf(JsonNode::isContainer);
            annotations.removeIf(JsonNode::isNull);
        }
        return known;
    }

    private static boolean isKnown(String name, JsonNode value, boolean nested, boolean platform) {
        return switch (name) {
            case "name", "id", "parent_id", "user", "origin", "resource_arn" -> value.isString();
            case "start_time", "end_time" -> value.isNumber();
            case "in_progress" -> value.asBoolean(false);
            case "error", "throttle", "fault", "traced" -> value.isBoolean();
            case "service", "http", "aws", "sql", "annotations", "metadata" -> value.isObject();
            case "cause" -> value.isObject() || value.isString();
            case "precursor_ids", "links" -> value.isArray();
            case "namespace" ->
                value.asString("").equals("aws") || value.asString("").equals("remote");
            case "trace_id", "type" -> !nested;
            case "inferred" -> platform;
            default -> name.startsWith(EXTENSION);
        };
    }

    /** What an inferred segment takes over from the call that it is inferred from. */
    static ObjectNode inferred(ObjectNode call) {
        var taken = JsonNodeFactory.instance.objectNode();
        for (var member : call.properties()) {
            if (INFERRED.contains(member.getKey())) {
                taken.set(member.getKey(), member.getValue());
            }
        }
        return taken;
    }
}
