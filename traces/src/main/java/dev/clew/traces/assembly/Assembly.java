// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.assembly;

import dev.clew.traces.document.SegmentDocument;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A trace put together from its documents. The same set of documents gives the same assembly in whatever order they came.
 *
 * <p>Independent subsegments are attached to the entity that their {@code parent_id} names, wherever it is. Those whose
 * parent is unknown, that name each other in a circle, or that lie too deep, are orphans: kept, but part of no segment.
 */
public final class Assembly {
    /** Deepest subsegment that is attached; with the parser's own limit it bounds every recursion over a trace. */
    private static final int MAX_DEPTH = 100;

    private static final Comparator<SegmentDocument> BY_START = Comparator.comparingLong(
                    (SegmentDocument document) -> document.entity().start())
            .thenComparing(SegmentDocument::id);

    private final List<Placed> segments = new ArrayList<>();
    private final List<Placed> orphans = new ArrayList<>();
    private final Map<String, Placed> byId = new HashMap<>();

    private Assembly() {}

    /** @param documents of one trace, no two with the same id */
    public static Assembly of(Collection<SegmentDocument> documents) {
        var assembly = new Assembly();
        assembly.build(documents.stream().sorted(BY_START).toList());
        return assembly;
    }

    /** All segments, by start time. */
    public List<Placed> segments() {
        return List.copyOf(segments);
    }

    /** Subsegments that are part of no segment, by start time. */
    public List<Placed> orphans() {
        return List.copyOf(orphans);
    }

    /** Whether {@code top} is a subsegment whose parent is not in the trace. */
    public boolean isOrphan(Placed top) {
        return top.document() != null && top.document().subsegment();
    }

    /** The earliest segment without {@code parent_id}, or, if there is none, the earliest; nothing without segments. */
    public Optional<Placed> root() {
        return segments.stream()
                .filter(Assembly::isRoot)
                .findFirst()
                .or(() -> segments.stream().findFirst());
    }

    /** Whether a segment that began the trace is there. */
    public boolean hasRoot() {
        return segments.stream().anyMatch(Assembly::isRoot);
    }

    private static boolean isRoot(Placed segment) {
        return segment.entity().parentId() == null;
    }

    private void build(List<SegmentDocument> documents) {
        var independents = new ArrayList<Placed>();
        var tops = new ArrayList<Placed>();
        for (var document : documents) {
            var top = new Placed(document.entity(), document);
            byId.put(document.id(), top); // a document's own id wins over any embedded one
            tops.add(top);
            (document.subsegment() ? independents : segments).add(top);
        }
        tops.forEach(this::placeEmbedded);
        for (var independent : independents) {
            var parent = byId.get(independent.entity().parentId());
            if (parent != null && parent != independent) {
                parent.adopt(independent);
            }
        }
        settle(independents);
        for (var segment : segments) {
            var caller = segment.entity().parentId() == null
                    ? null
                    : byId.get(segment.entity().parentId());
            if (caller != null) {
                caller.calls(segment);
            }
        }
    }

    private void placeEmbedded(Placed parent) {
        for (var inner : parent.entity().subsegments()) {
            var replacement = byId.get(inner.id());
            if (replacement != null && replacement.document() != null) {
                continue; // it was sent again in a document of its own, which replaces it
            }
            var placed = new Placed(inner, null);
            byId.putIfAbsent(inner.id(), placed);
            parent.adopt(placed);
            placeEmbedded(placed);
        }
    }

    /** Finds the orphans: what cannot be reached from a segment, or only too deep. */
    private void settle(List<Placed> independents) {
        var settled = new HashSet<Placed>();
        segments.forEach(segment -> settle(segment, settled));
        for (var independent : independents) {
            if (independent.enclosing() == null && !settled.contains(independent)) {
                orphans.add(independent);
                settle(independent, settled);
            }
        }
        for (var independent : independents) {
            if (!settled.contains(independent)) { // part of a circle
                var enclosing = independent.enclosing();
                if (enclosing != null) {
                    enclosing.abandon(independent);
                }
                orphans.add(independent);
                settle(independent, settled);
            }
        }
        orphans.sort(Comparator.comparingLong((Placed orphan) -> orphan.entity().start())
                .thenComparing(orphan -> orphan.entity().id()));
    }

    private record Depth(Placed placed, int depth) {}

    private void settle(Placed top, Set<Placed> settled) {
        var waiting = new ArrayDeque<Depth>();
        waiting.add(new Depth(top, 0));
        while (!waiting.isEmpty()) {
            var next = waiting.remove();
            if (!settled.add(next.placed)) {
                continue;
            }
            for (var inner : List.copyOf(next.placed.subsegments())) {
                if (next.depth >= MAX_DEPTH && inner.document() != null) {
                    next.placed.abandon(inner);
                    orphans.add(inner);
                    waiting.add(new Depth(inner, 0));
                } else {
                    waiting.add(new Depth(inner, next.depth + 1));
                }
            }
        }
    }

    /** Whether some other side of {@code call} has to be inferred, or waited for: it names one, and none has come. */
    public static boolean lacksDownstream(Placed call) {
        return call.downstream().isEmpty()
                && (call.entity().namespace() != null || call.entity().sql());
    }
}
