// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.store;

import dev.clew.core.Scope;
import dev.clew.core.trace.TraceId;
import dev.clew.traces.TracesConfig;
import dev.clew.traces.document.Entity;
import dev.clew.traces.document.RefusedDocument;
import dev.clew.traces.document.RefusedDocument.Code;
import dev.clew.traces.document.SegmentDocument;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which well-formed documents of senders may still join their traces: those not too late, not beyond the ceiling of their
 * trace's size, and with ids as strict as configured. Costs nothing while no limit can apply. Safe for use by many threads.
 */
final class Admission {
    private static final Duration OLDEST_ID = Duration.ofDays(30);
    private static final Duration NEWEST_ID = Duration.ofSeconds(300);

    private final TraceStore traces;
    private final SegmentTables segments;
    private final InstantSource time;
    private final TracesConfig config;

    Admission(TraceStore traces, SegmentTables segments, InstantSource time, TracesConfig config) {
        this.traces = traces;
        this.segments = segments;
        this.time = time;
        this.config = config;
    }

    /** The documents that may be written; those that may not go to {@code refused}. */
    List<SegmentDocument> admit(Scope scope, List<SegmentDocument> documents, Consumer<RefusedDocument> refused) {
        var admitted = new ArrayList<SegmentDocument>(documents.size());
        Map<TraceKey, Boolean> tooLate = new HashMap<>();
        Map<TraceKey, Long> bytes = new HashMap<>();
        for (var document : documents) {
            var trace = new TraceKey(scope, document.traceId());
            var problem = problem(document);
            if (problem == null && tooLate.computeIfAbsent(trace, this::isClosed)) {
                problem = Code.InvalidTraceId;
            }
            if (problem == null && config.limits().maxTraceBytes() > 0 && !fits(trace, document, bytes)) {
                traces.limit(trace);
                problem = Code.InvalidSegment;
            }
            if (problem == null) {
                admitted.add(document);
            } else {
                refused.accept(new RefusedDocument(document.id(), problem, document.subsegment()));
            }
        }
        return admitted;
    }

    private @Nullable Code problem(SegmentDocument document) {
        var limits = config.limits();
        if (limits.strictIds() && !hexIds(document.entity())) {
            return Code.InvalidId;
        }
        var parent = document.entity().parentId();
        if (limits.strictIds() && parent != null && !isHex(parent)) {
            return Code.InvalidParentId;
        }
        return limits.strictTraceIds() && !timely(document.traceId()) ? Code.InvalidTraceId : null;
    }

    private static boolean hexIds(Entity entity) {
        return isHex(entity.id()) && entity.subsegments().stream().allMatch(Admission::hexIds);
    }

    private static boolean isHex(String id) {
        return id.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
    }

    private boolean timely(TraceId id) {
        long age = time.instant().getEpochSecond() - id.epochSecond();
        return age <= OLDEST_ID.toSeconds() && age >= -NEWEST_ID.toSeconds();
    }

    /**
     * Whether the trace began too long ago to be changed. Only asked of ids that carry a time of that age: those converted
     * from other systems carry none, and their traces stay open. Exact to one slice of the store.
     */
    private boolean isClosed(TraceKey trace) {
        var modification = config.limits().modification();
        if (modification.isZero()) {
            return false;
        }
        var cutoff = time.instant().minus(modification);
        long began = trace.id().epochSecond();
        boolean candidate = began <= cutoff.getEpochSecond()
                && began
                        > time.instant()
                                .minus(config.retention())
                                .minus(config.slice())
                                .getEpochSecond();
        return candidate && segments.holdsFromBefore(trace, cutoff);
    }

    private boolean fits(TraceKey trace, SegmentDocument document, Map<TraceKey, Long> bytes) {
        long now = bytes.computeIfAbsent(trace, traces::bytes) + document.json().length;
        if (now > config.limits().maxTraceBytes()) {
            return false;
        }
        bytes.put(trace, now);
        return true;
    }
}
