// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Entities of segment documents as spans, by the names that {@link SpanMapping} reads: what a document says comes back when
 * the span is sent here again, but for members of the {@code aws} block that have no name there.
 */
final class SegmentSpans {
    private static final HexFormat HEX = HexFormat.of();
    private static final double LATEST = 9e9; // seconds that fit into nanoseconds
    private static final Map<String, String> HTTP_REQUEST = Map.of(
            "method", "http.request.method",
            "url", "url.full",
            "user_agent", "user_agent.original",
            "client_ip", "client.address");
    private static final Map<String, String> SQL = Map.of(
            "database_type", "db.system",
            "sanitized_query", "db.query.text",
            "user", "db.user",
            "connection_string", "db.connection_string");

    private SegmentSpans() {}

    /**
     * The span of {@code entity}.
     *
     * @param trace 32 hex digits
     * @param parent id of the entity that it is part of; null for a segment, which names its own
     */
    static Span span(JsonNode entity, String trace, @Nullable String parent) {
        var span = Span.newBuilder()
                .setTraceId(bytes(trace))
                .setSpanId(bytes(entity.path("id").asString("")))
                .setName(entity.path("name").asString(""))
                .setKind(kind(entity, parent))
                .setStartTimeUnixNano(nanos(entity.path("start_time")))
                .setEndTimeUnixNano(nanos(entity.path("end_time")));
        var above = parent == null ? entity.path("parent_id").asString("") : parent;
        if (!above.isEmpty()) {
            span.setParentSpanId(bytes(above));
        }
        if (entity.path("fault").asBoolean(false) || entity.path("error").asBoolean(false)) {
            span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
        }
        attributes(entity, span);
        exceptions(entity, span);
        for (var link : entity.path("links")) {
            var linked = Span.Link.newBuilder()
                    .setTraceId(bytes(link.path("trace_id")
                            .asString("")
                            .replaceFirst("^1-", "")
                            .replace("-", "")));
            linked.setSpanId(bytes(link.path("id").asString("")));
            link.path("attributes")
                    .properties()
                    .forEach(entry -> linked.addAttributes(pair(entry.getKey(), entry.getValue())));
            span.addLinks(linked);
        }
        return span.build();
    }

    private static Span.SpanKind kind(JsonNode entity, @Nullable String parent) {
        if (parent == null && !entity.path("type").asString("").equals("subsegment")) {
            return Span.SpanKind.SPAN_KIND_SERVER;
        }
        return entity.has("namespace") ? Span.SpanKind.SPAN_KIND_CLIENT : Span.SpanKind.SPAN_KIND_INTERNAL;
    }

    /** An id that is not hex, which X-Ray takes, is spelled by its characters. */
    private static ByteString bytes(String id) {
        try {
            return ByteString.copyFrom(HEX.parseHex(id));
        } catch (IllegalArgumentException e) {
            return ByteString.copyFromUtf8(id);
        }
    }

    private static long nanos(JsonNode seconds) {
        if (!seconds.isNumber()) {
            return 0;
        }
        double about = seconds.asDouble();
        if (!(about > 0)) {
            return 0;
        }
        return about > LATEST
                ? Long.MAX_VALUE
                : seconds.decimalValue().movePointRight(9).longValue();
    }

    private static void attributes(JsonNode entity, Span.Builder span) {
        named(entity.path("http").path("request"), HTTP_REQUEST, span);
        add("http.response.status_code", entity.path("http").path("response").path("status"), span);
        named(entity.path("sql"), SQL, span);
        if (entity.path("namespace").asString("").equals("aws")) {
            span.addAttributes(pair("rpc.system", "aws-api"));
        }
        entity.path("aws").properties().forEach(entry -> {
            if (entry.getKey().equals("operation")) {
                add("rpc.method", entry.getValue(), span);
            } else if (entry.getValue().isValueNode()) {
                add("aws." + entry.getKey(), entry.getValue(), span);
            }
        });
        add("enduser.id", entity.path("user"), span);
        var annotations = entity.path("annotations").properties();
        annotations.forEach(entry -> add(entry.getKey(), entry.getValue(), span));
        if (!annotations.isEmpty()) {
            var keys = ArrayValue.newBuilder();
            annotations.forEach(entry -> keys.addValues(AnyValue.newBuilder().setStringValue(entry.getKey())));
            span.addAttributes(KeyValue.newBuilder()
                    .setKey("aws.xray.annotations")
                    .setValue(AnyValue.newBuilder().setArrayValue(keys)));
        }
        entity.path("metadata")
                .properties()
                .forEach(entry -> span.addAttributes(pair(
                        "aws.xray.metadata." + entry.getKey(), entry.getValue().toString())));
        if (entity.path("in_progress").asBoolean(false)) {
            span.addAttributes(KeyValue.newBuilder()
                    .setKey("aws.xray.inprogress")
                    .setValue(AnyValue.newBuilder().setBoolValue(true)));
        }
    }

    private static void named(JsonNode block, Map<String, String> names, Span.Builder span) {
        block.properties().forEach(entry -> {
            var name = names.get(entry.getKey());
            if (name != null) {
                add(name, entry.getValue(), span);
            }
        });
    }

    private static void add(String key, JsonNode value, Span.Builder span) {
        if (!value.isMissingNode() && !value.isNull()) {
            span.addAttributes(pair(key, value));
        }
    }

    private static KeyValue pair(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static KeyValue pair(String key, JsonNode value) {
        var any = AnyValue.newBuilder();
        if (value.isBoolean()) {
            any.setBoolValue(value.asBoolean());
        } else if (value.isIntegralNumber() && value.canConvertToLong()) {
            any.setIntValue(value.asLong());
        } else if (value.isNumber()) {
            any.setDoubleValue(value.asDouble());
        } else {
            any.setStringValue(value.isString() ? value.asString() : value.toString());
        }
        return KeyValue.newBuilder().setKey(key).setValue(any).build();
    }

    private static void exceptions(JsonNode entity, Span.Builder span) {
        for (var exception : entity.path("cause").path("exceptions")) {
            var event = Span.Event.newBuilder()
                    .setName("exception")
                    .setTimeUnixNano(nanos(entity.path("end_time")))
                    .addAttributes(pair("exception.type", exception.path("type").asString("")))
                    .addAttributes(
                            pair("exception.message", exception.path("message").asString("")));
            var stack = new StringBuilder();
            for (var frame : exception.path("stack")) {
                stack.append(stack.isEmpty() ? "" : "\n")
                        .append("at ")
                        .append(frame.path("label").asString(""))
                        .append('(')
                        .append(frame.path("path").asString(""))
                        .append(':')
                        .append(frame.path("line").asString(""))
                        .append(')');
            }
            if (!stack.isEmpty()) {
                event.addAttributes(pair("exception.stacktrace", stack.toString()));
            }
            span.addEvents(event);
        }
    }
}
