// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.publish;

import dev.clew.core.IdSource;
import dev.clew.core.trace.Sampler;
import dev.clew.core.trace.SegmentId;
import dev.clew.core.trace.TraceHeader;
import java.util.HashMap;
import java.util.Map;
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
     * @param linked what the trace that starts here comes from; null if from nothing
     * @param segment id of the bus's segment; null if nothing is recorded
     * @param forwarded what deliveries carry; null if there is no trace at all
     */
    record Context(
            @Nullable TraceHeader incoming,
            @Nullable TraceHeader linked,
            @Nullable SegmentId segment,
            @Nullable TraceHeader forwarded) {
        /** Text of what deliveries carry, "" if nothing. */
        String text() {
            return forwarded == null ? "" : forwarded.toString();
        }
    }

    /** The contexts of what comes from one origin; not safe for use by many threads. */
    final class OfOrigin {
        private final Origin origin;
        private final Map<String, Context> known = new HashMap<>();

        private OfOrigin(Origin origin) {
            this.origin = origin;
        }

        /**
         * The context of an event that comes with {@code header}, or without any.
         *
         * @param link whether it only links to that
         */
        Context of(@Nullable TraceHeader header, boolean link) {
            return known.computeIfAbsent(
                    header == null ? "" : header.toString(),
                    text -> header == null || link ? started(origin, header) : continued(header));
        }
    }

    OfOrigin of(Origin origin) {
        return new OfOrigin(origin);
    }

    private Context continued(TraceHeader header) {
        if (!header.isSampled()) {
            return new Context(header, null, null, header);
        }
        var segment = ids.nextSegmentId();
        return new Context(header, null, segment, header.withParent(segment));
    }

    private Context started(Origin origin, @Nullable TraceHeader link) {
        if (!startTraces) {
            return new Context(null, null, null, null);
        }
        var root = ids.nextTraceId();
        var decision = sampler.decide(
                new Sampler.Request(origin.scope(), root, "Events", ORIGIN, origin.host(), "POST", "/", "", Map.of()));
        if (!decision.sampled()) {
            return new Context(null, null, null, TraceHeader.of(root, null, TraceHeader.Sampled.NO));
        }
        var segment = ids.nextSegmentId();
        return new Context(null, link, segment, TraceHeader.of(root, segment, TraceHeader.Sampled.YES));
    }
}
