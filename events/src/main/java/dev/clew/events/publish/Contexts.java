// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.publish;

import dev.clew.core.IdSource;
import dev.clew.core.trace.Sampler;
import dev.clew.core.trace.SegmentId;
import dev.clew.core.trace.TraceHeader;
import dev.clew.wire.Call;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the traces of a call's events go on: one segment of the bus for each distinct context, whose id every delivery of those
 * events carries as parent. A call without any context starts a trace, as the sampling rules decide.
 */
public final class Contexts {
    private static final String ORIGIN = "AWS::Events";

    private final Sampler sampler;
    private final IdSource ids;
    private final boolean startTraces;

    /** @param startTraces whether a call without context starts a trace */
    public Contexts(Sampler sampler, IdSource ids, boolean startTraces) {
        this.sampler = sampler;
        this.ids = ids;
        this.startTraces = startTraces;
    }

    /**
     * One context.
     *
     * @param incoming parent of the bus's segment is its parent; null if the trace starts here
     * @param segment id of the bus's segment; null if nothing is recorded
     * @param forwarded what deliveries carry; null if there is no trace at all
     */
    record Context(
            @Nullable TraceHeader incoming,
            @Nullable SegmentId segment,
            @Nullable TraceHeader forwarded) {
        /** Text of what deliveries carry, "" if nothing. */
        String text() {
            return forwarded == null ? "" : forwarded.toString();
        }
    }

    /** The contexts of one call; not safe for use by many threads. */
    final class OfCall {
        private final Call call;
        private final Map<String, Context> known = new HashMap<>();

        private OfCall(Call call) {
            this.call = call;
        }

        /** The context of an entry, whose own header, if it is one, wins over the call's. */
        Context of(@Nullable String entryHeader) {
            var header = Optional.ofNullable(entryHeader)
                    .flatMap(TraceHeader::parse)
                    .or(() -> Optional.ofNullable(call.trace()));
            return known.computeIfAbsent(
                    header.map(TraceHeader::toString).orElse(""),
                    text -> header.map(Contexts.this::continued).orElseGet(() -> started(call)));
        }
    }

    OfCall of(Call call) {
        return new OfCall(call);
    }

    private Context continued(TraceHeader header) {
        if (!header.isSampled()) {
            return new Context(header, null, header);
        }
        var segment = ids.nextSegmentId();
        return new Context(header, segment, header.withParent(segment));
    }

    private Context started(Call call) {
        if (!startTraces) {
            return new Context(null, null, null);
        }
        var root = ids.nextTraceId();
        var decision = sampler.decide(new Sampler.Request(
                call.scope(), "Events", ORIGIN, call.endpoint().getHost(), "POST", "/", "", Map.of()));
        if (!decision.sampled()) {
            return new Context(null, null, TraceHeader.of(root, null, TraceHeader.Sampled.NO));
        }
        var segment = ids.nextSegmentId();
        return new Context(null, segment, TraceHeader.of(root, segment, TraceHeader.Sampled.YES));
    }
}
