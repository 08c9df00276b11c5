// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Annotations, metadata and links: what the other blocks do not say. */
final class TagBlocks {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String ANNOTATIONS = "aws.xray.annotations";
    private static final String METADATA = "aws.xray.metadata.";
    private static final String RESOURCE = "otel.resource.";
    private static final String EVENTS = "otel.events";
    private static final int MAX_KEY = 500;

    private final Set<String> indexed;
    private final boolean indexAll;
    private final ObjectNode annotations = JSON.objectNode();
    private final ObjectNode metadata = JSON.objectNode();

    private TagBlocks(OtlpConfig config, Attributes span) {
        this.indexAll = config.indexAllAttributes();
        this.indexed = new HashSet<>(config.indexedAttributes());
        indexed.addAll(span.texts(ANNOTATIONS));
    }

    /** Call it last: it takes what nobody took. */
    static TagBlocks of(Role role, Span span, Attributes attributes, Attributes resource, OtlpConfig config) {
        var tags = new TagBlocks(config, attributes);
        var rest = JSON.objectNode();
        if (role.isSegment()) {
            resource.forEach((key, value) -> tags.tag(RESOURCE + key, key, value, rest));
        }
        if (role != Role.SERVICE) {
            attributes.forEach((key, value) -> {
                if (tags.isIndexed(key, key, value)) {
                    tags.annotate(key, value);
                    attributes.take(key);
                }
            });
            attributes.forEachLeft((key, value) -> tags.left(key, value, rest));
            var events = events(span.getEventsList(), "aws-api".equals(attributes.peek("rpc.system")));
            if (!events.isEmpty()) {
                rest.set(EVENTS, events);
            }
        }
        if (!rest.isEmpty()) {
            tags.metadata.set("default", rest);
        }
        return tags;
    }

    ObjectNode annotations() {
        return annotations;
    }

    ObjectNode metadata() {
        return metadata;
    }

    private void tag(String key, String plainKey, AnyValue value, ObjectNode rest) {
        if (isIndexed(key, plainKey, value)) {
            annotate(key, value);
        } else {
            rest.set(key, Values.json(value));
        }
    }

    private boolean isIndexed(String key, String plainKey, AnyValue value) {
        return Values.isScalar(value) && !plainKey.startsWith("aws.xray.") && (indexAll || indexed.contains(key));
    }

    private void annotate(String key, AnyValue value) {
        var cleaned = new StringBuilder();
        for (int i = 0; i < Math.min(key.length(), MAX_KEY); i++) {
            char c = key.charAt(i);
            boolean allowed = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.';
            cleaned.append(allowed ? c : '_');
        }
        annotations.set(cleaned.toString(), Values.json(value));
    }

    private void left(String key, AnyValue value, ObjectNode rest) {
        if (key.startsWith(METADATA) && value.hasStringValue()) {
            try {
                if (JsonMapper.shared().readTree(value.getStringValue()) instanceof ObjectNode object) {
                    metadata.set(key.substring(METADATA.length()), object);
                    return;
                }
            } catch (JacksonException e) {
                // no JSON: it stays an ordinary attribute
            }
        }
        rest.set(key, Values.json(value));
    }

    private static ArrayNode events(List<Span.Event> events, boolean awsCall) {
        var array = JSON.arrayNode();
        for (var event : events) {
            if (!CauseBlock.isCause(event, awsCall)) {
                var entry = array.addObject();
                entry.put("name", event.getName());
                entry.put("time", seconds(event.getTimeUnixNano()));
                if (event.getAttributesCount() > 0) {
                    entry.set("attributes", Values.json(event.getAttributesList()));
                }
            }
        }
        return array;
    }

    /** The spans and traces that the span links to. Links whose ids are none say nothing and are left out. */
    static ArrayNode links(List<Span.Link> links) {
        var array = JSON.arrayNode();
        for (var link : links) {
            var trace = SpanIds.trace(link.getTraceId());
            var span = SpanIds.span(link.getSpanId());
            if (trace.isPresent() && span.isPresent()) {
                var entry = array.addObject();
                entry.put("trace_id", trace.get().text());
                entry.put("id", span.get());
                if (link.getAttributesCount() > 0) {
                    entry.set("attributes", Values.json(link.getAttributesList()));
                }
            }
        }
        return array;
    }

    /** Nanoseconds since the epoch as the seconds of a document, with every digit. */
    static BigDecimal seconds(long nanos) {
        var seconds =
                new BigDecimal(Long.toUnsignedString(nanos)).movePointLeft(9).stripTrailingZeros();
        return seconds.scale() < 1 ? seconds.setScale(1) : seconds;
    }
}
