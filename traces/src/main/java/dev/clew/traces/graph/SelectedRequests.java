// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.graph;

import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.document.Status;
import dev.clew.traces.filter.EntitySelector;
import dev.clew.traces.filter.Filter;
import dev.clew.traces.filter.FilterRules;
import org.jspecify.annotations.Nullable;

/**
 * The completed requests of a trace that a time series counts.
 *
 * @param selector null for the requests of clients
 * @param now in microseconds: calls that still wait for the segment of their other side are not inferred yet
 */
record SelectedRequests(@Nullable EntitySelector selector, long now, FilterRules rules) {
    /** Takes one request. */
    @FunctionalInterface
    interface Visitor {
        void accept(long start, long end, Status status);
    }

    /** Whether nodes are counted, not edges. */
    boolean ofService() {
        return selector instanceof EntitySelector.OfService;
    }

    void forEach(TraceDigest trace, Visitor visitor) {
        switch (selector) {
            case null -> calls(trace, visitor);
            case EntitySelector.OfService service -> visits(trace, service, visitor);
            case EntitySelector.OfEdge edge -> hops(trace, edge, visitor);
        }
    }

    private static void calls(TraceDigest trace, Visitor visitor) {
        for (var hop : trace.hops()) {
            boolean fromClient =
                    TraceDigest.CLIENT.equals(trace.nodes().get(hop.from()).type());
            if (fromClient && hop.end() != TraceDigest.NONE) {
                visitor.accept(hop.start(), hop.end(), hop.status());
            }
        }
    }

    private void visits(TraceDigest trace, EntitySelector.OfService service, Visitor visitor) {
        for (var visit : trace.visits()) {
            if (visit.end() != TraceDigest.NONE
                    && visit.since() <= now
                    && service.node().matches(trace.nodes().get(visit.node()))
                    && Filter.holds(service.block(), trace, visit, rules)) {
                visitor.accept(visit.start(), visit.end(), visit.status());
            }
        }
    }

    private void hops(TraceDigest trace, EntitySelector.OfEdge edge, Visitor visitor) {
        for (var hop : trace.hops()) {
            if (hop.end() != TraceDigest.NONE
                    && hop.since() <= now
                    && edge.from().matches(trace.nodes().get(hop.from()))
                    && edge.to().matches(trace.nodes().get(hop.to()))
                    && Filter.holds(edge.block(), trace, hop, rules)) {
                visitor.accept(hop.start(), hop.end(), hop.status());
            }
        }
    }
}
