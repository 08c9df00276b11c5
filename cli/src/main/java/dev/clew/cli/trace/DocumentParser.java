// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads segment documents, forgiving whatever a drawing can do without. */
final class DocumentParser {
    private static final String OURS = "clew.";
    private static final String RESERVED = "aws:";
    private static final int SERVER_SIDE = 500;
    private static final int THROTTLED = 429;
    private static final int CLIENT_SIDE = 400;

    private DocumentParser() {}

    static List<Entity> parse(List<String> documents) {
        return documents.stream()
                .map(DocumentParser::tree)
                .map(tree -> entity(tree, !tree.path("type").asString("").isEmpty()))
                .sorted(Comparator.comparingLong(Entity::start))
                .toList();
    }

    private static JsonNode tree(String document) {
        JsonNode tree;
        try {
            tree = JsonMapper.shared().readTree(document);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("a segment document is not JSON", e);
        }
        if (!tree.isObject()
                || !tree.path("id").isString()
                || !tree.path("start_time").isNumber()) {
            throw new IllegalArgumentException("a segment document has no id or no start_time");
        }
        return tree;
    }

    private static Entity entity(JsonNode node, boolean subsegment) {
        var http = node.path("http");
        int status = http.path("response").path("status").asInt(0);
        var subsegments = node.path("subsegments")
                .valueStream()
                .filter(JsonNode::isObject)
                .map(child -> entity(child, true))
                .toList();
        return new Entity(
                text(node, "id"),
                node.path("parent_id").isString() ? text(node, "parent_id") : null,
                subsegment,
                text(node, "name"),
                text(node, "origin"),
                "local".equals(text(node, "namespace")) ? "" : text(node, "namespace"),
                micros(node.path("start_time"), 0),
                end(node),
                flags(node, status),
                node.path("inferred").asBoolean(false),
                node.path("sql").isObject(),
                text(node.path("aws"), "operation"),
                new Entity.Http(text(http.path("request"), "method"), text(http.path("request"), "url")),
                status,
                cause(node.path("cause")),
                annotations(node.path("annotations")),
                facts(node),
                events(node.path("metadata").path("clew").path("clew.events")),
                subsegments);
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    private static @Nullable Long end(JsonNode node) {
        return node.path("end_time").isNumber() ? micros(node.path("end_time"), 0) : null;
    }

    private static long micros(JsonNode seconds, long otherwise) {
        return seconds.isNumber()
                ? seconds.decimalValue()
                        .multiply(BigDecimal.valueOf(1_000_000))
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValue()
                : otherwise;
    }

    /** The flags decide; a status alone counts for documents whose sender set none. */
    private static Outcome flags(JsonNode node, int status) {
        if (node.path("fault").asBoolean(false) || status >= SERVER_SIDE) {
            return Outcome.FAULT;
        }
        if (node.path("throttle").asBoolean(false) || status == THROTTLED) {
            return Outcome.THROTTLE;
        }
        return node.path("error").asBoolean(false) || status >= CLIENT_SIDE ? Outcome.ERROR : Outcome.OK;
    }

    /** A cause may also be the id of an exception told elsewhere; then this entity has nothing of its own to tell. */
    private static String cause(JsonNode cause) {
        var exception = cause.path("exceptions").path(0);
        var type = text(exception, "type").startsWith(OURS) ? "" : text(exception, "type");
        var message = text(exception, "message");
        return type.isEmpty() || message.isEmpty() ? type + message : type + ": " + message;
    }

    private static Map<String, String> annotations(JsonNode annotations) {
        var texts = new LinkedHashMap<String, String>();
        annotations.propertyStream().forEach(entry -> {
            if (!entry.getKey().startsWith(OURS) && !entry.getKey().startsWith(RESERVED)) {
                texts.put(entry.getKey(), scalar(entry.getValue()));
            }
        });
        return texts;
    }

    /** Our own keys, wherever they stand: among annotations, in metadata, or in a namespace of the metadata. */
    private static Map<String, String> facts(JsonNode node) {
        var facts = new LinkedHashMap<String, String>();
        collect(node.path("annotations"), facts);
        collect(node.path("metadata"), facts);
        node.path("metadata").valueStream().forEach(namespace -> collect(namespace, facts));
        return facts;
    }

    private static List<Entity.Event> events(JsonNode events) {
        return events.valueStream()
                .map(event -> new Entity.Event(
                        text(event, "id"),
                        text(event, "bus"),
                        event.path("unmatched").asBoolean(false),
                        event.path("dropped").asBoolean(false)))
                .toList();
    }

    private static void collect(JsonNode object, Map<String, String> facts) {
        object.propertyStream()
                .filter(entry -> entry.getKey().startsWith(OURS))
                .forEach(entry -> facts.putIfAbsent(entry.getKey().substring(OURS.length()), scalar(entry.getValue())));
    }

    private static String scalar(JsonNode value) {
        return value.isValueNode() ? value.asString("") : value.toString();
    }
}
