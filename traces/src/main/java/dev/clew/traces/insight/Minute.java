// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.insight;

import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.digest.TraceDigest.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the traces that began in one minute say of services. Not safe for use by many threads. */
final class Minute {
    private static final int MAX_CALLS = 10_000;

    /** One service calls another. */
    record Call(Node from, Node to) {}

    private final Map<Node, Impact> nodes = new HashMap<>();
    private final Set<Call> calls = new HashSet<>();
    private Impact clients = Impact.NONE;

    /** @param now in microseconds: calls that still wait for the segment of their other side are not inferred yet */
    void add(TraceDigest trace, long now) {
        for (var visit : trace.visits()) {
            if (visit.end() != TraceDigest.NONE && visit.since() <= now) {
                var node = trace.nodes().get(visit.node());
                nodes.put(node, of(node).plus(visit.status()));
            }
        }
        for (var hop : trace.hops()) {
            var from = trace.nodes().get(hop.from());
            if (TraceDigest.CLIENT.equals(from.type())) {
                clients = hop.end() == TraceDigest.NONE ? clients : clients.plus(hop.status());
            } else if (hop.since() <= now && calls.size() < MAX_CALLS) {
                calls.add(new Call(from, trace.nodes().get(hop.to())));
            }
        }
    }

    Impact of(Node node) {
        return nodes.getOrDefault(node, Impact.NONE);
    }

    Set<Node> nodes() {
        return nodes.keySet();
    }

    Set<Call> calls() {
        return calls;
    }

    /** The requests that clients made. */
    Impact clients() {
        return clients;
    }
}
