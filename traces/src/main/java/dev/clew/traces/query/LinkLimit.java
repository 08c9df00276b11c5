// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.query;

import dev.clew.traces.TraceLimits;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Leaves out the links that an answer has no room for: so many traces per entity, so many links per trace. Used once. */
final class LinkLimit {
    private final TraceLimits limits;
    private int links;

    LinkLimit(TraceLimits limits) {
        this.limits = limits;
    }

    void apply(ObjectNode entity) {
        if (entity.get("links") instanceof ArrayNode array) {
            var traces = new HashSet<String>();
            array.removeIf(link -> !shown(link.path("trace_id").asString(""), traces));
        }
    }

    private boolean shown(String trace, Set<String> traces) {
        boolean full = limits.links() > 0 && links >= limits.links()
                || limits.linkedTraces() > 0 && traces.size() >= limits.linkedTraces() && !traces.contains(trace);
        if (full) {
            return false;
        }
        traces.add(trace);
        links++;
        return true;
    }
}
