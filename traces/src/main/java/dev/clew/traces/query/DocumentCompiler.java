// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.query;

import dev.clew.core.trace.TraceId;
import dev.clew.traces.TracesConfig;
import dev.clew.traces.api.Segment;
import dev.clew.traces.assembly.Assembly;
import dev.clew.traces.assembly.Inference;
import dev.clew.traces.assembly.Placed;
import dev.clew.traces.document.Entity;
import dev.clew.traces.document.Micros;
import dev.clew.traces.document.SegmentDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compiles the documents of a trace as BatchGetTraces answers them: one per segment, with the subsegments that came on
 * their own inside it; one per inferred segment; one per orphan. Members that the format does not know are left out;
 * numbers keep every digit. Used once.
 */
final class DocumentCompiler {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final TraceId trace;
    private final long now;
    private final Duration grace;
    private final LinkLimit links;
    private final List<Segment> inferred = new ArrayList<>();

    private DocumentCompiler(TraceId trace, Instant now, TracesConfig config) {
        this.trace = trace;
        this.now = Micros.of(now);
        this.grace = config.tracedGrace();
        this.links = new LinkLimit(config.limits());
    }

    static List<Segment> compile(TraceId trace, Assembly assembly, Instant now, TracesConfig config) {
        var compiler = new DocumentCompiler(trace, now, config);
        var segments = new ArrayList<Segment>();
        for (var segment : assembly.segments()) {
            segments.add(compiler.document(segment, true));
        }
        segments.addAll(compiler.inferred);
        for (var orphan : assembly.orphans()) {
            segments.add(compiler.document(orphan, false));
        }
        return segments;
    }

    private Segment document(Placed top, boolean infers) {
        var compiled = compile(top, read(top.document()), false, infers);
        compiled.put("trace_id", trace.text());
        return segment(top.entity().id(), compiled);
    }

    private static Segment segment(String id, ObjectNode document) {
        return Segment.builder()
                .id(id)
                .document(JSON.writeValueAsString(document))
                .build();
    }

    private static ObjectNode read(@Nullable SegmentDocument document) {
        if (document == null) {
            throw new IllegalStateException("an entity without a document of its own cannot stand on its own");
        }
        return (ObjectNode) JSON.readTree(document.json());
    }

    private ObjectNode compile(Placed placed, ObjectNode raw, boolean nested, boolean infers) {
        var document = placed.document();
        var compiled = EntityMembers.known(raw, nested, document != null && document.platform());
        links.apply(compiled);
        if (infers && nested && Assembly.lacksDownstream(placed) && Inference.since(placed.entity(), grace) <= now) {
            infer(placed.entity(), compiled);
        }
        if (!placed.subsegments().isEmpty()) {
            var embedded = embedded(placed.entity(), raw);
            var subsegments = compiled.putArray("subsegments");
            for (var inner : placed.subsegments()) {
                var innerRaw = inner.document() == null ? embedded.get(inner.entity()) : read(inner.document());
                if (innerRaw != null) {
                    subsegments.add(compile(inner, innerRaw, true, infers));
                }
            }
        }
        return compiled;
    }

    /** The JSON of each subsegment that was sent inside {@code entity}. */
    private static Map<Entity, ObjectNode> embedded(Entity entity, ObjectNode raw) {
        var embedded = new IdentityHashMap<Entity, ObjectNode>();
        var entities = entity.subsegments().iterator();
        for (var element : raw.path("subsegments")) {
            if (element instanceof ObjectNode object && entities.hasNext()) {
                embedded.put(entities.next(), object);
            }
        }
        return embedded;
    }

    private void infer(Entity call, ObjectNode compiledCall) {
        var id = Inference.segmentId(trace, call.id());
        var document = EntityMembers.inferred(compiledCall);
        document.put("id", id);
        document.put("trace_id", trace.text());
        document.put("parent_id", call.id());
        document.put("inferred", true);
        var origin = Inference.of(call).origin();
        if (origin != null) {
            document.put("origin", origin);
        }
        inferred.add(segment(id, document));
    }
}
