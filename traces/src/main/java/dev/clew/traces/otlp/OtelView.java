// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.clew.core.trace.TraceId;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A trace as OpenTelemetry's spans: what came as such as it came, segment documents converted. */
public final class OtelView {
    private final String trace;
    private final Set<String> known = new HashSet<>();
    private final List<View> views = new ArrayList<>();

    /**
     * One span.
     *
     * @param id 16 characters
     * @param json OTLP's JSON form of the span, with its {@code resource} and {@code scope}
     */
    public record View(String id, String json) {}

    private OtelView(String trace) {
        this.trace = trace;
    }

    /**
     * @param stored the spans that came as such, each with resource and scope
     * @param segments the trace's compiled documents
     */
    public static List<View> of(TraceId trace, List<byte[]> stored, List<JsonNode> segments) {
        var view = new OtelView(trace.w3c());
        stored.forEach(view::addStored);
        for (var segment : segments) {
            if (!segment.path("inferred").asBoolean(false)) {
                view.addEntity(segment, null, service(segment));
            }
        }
        return List.copyOf(view.views);
    }

    private void addStored(byte[] stored) {
        try {
            var spans = ResourceSpans.parseFrom(stored);
            var scopeSpans = spans.getScopeSpans(0);
            var span = scopeSpans.getSpans(0);
            SpanIds.of(span).ifPresent(ids -> {
                known.add(ids.span());
                known.add(ids.service());
                var json = OtlpJson.write(span);
                json.set("resource", OtlpJson.write(spans.getResource()));
                json.set("scope", OtlpJson.write(scopeSpans.getScope()));
                views.add(new View(ids.span(), json.toString()));
            });
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a stored span cannot be read", e);
        }
    }

    private static ObjectNode service(JsonNode segment) {
        var resource = Resource.newBuilder()
                .addAttributes(text("service.name", segment.path("name").asString("")));
        if (segment.has("origin")) {
            resource.addAttributes(
                    text("aws.xray.origin", segment.path("origin").asString("")));
        }
        return OtlpJson.write(resource);
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private void addEntity(JsonNode entity, @Nullable String parent, ObjectNode resource) {
        var id = entity.path("id").asString("");
        if (known.add(id)) {
            var json = OtlpJson.write(SegmentSpans.span(entity, trace, parent));
            json.set("resource", resource);
            views.add(new View(id, json.toString()));
        }
        entity.path("subsegments").forEach(inner -> addEntity(inner, id, resource)); // depth is bounded by Assembly
    }
}
