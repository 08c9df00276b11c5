// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.expect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What traces should be there.
 *
 * @param filter null for any trace
 * @param edges calls that each of the traces must have
 */
record Expectation(@Nullable String filter, List<Edge> edges, Count count) {
    Expectation {
        edges = List.copyOf(edges);
    }

    /** Counts the traces that match a filter expression; null for all. */
    @FunctionalInterface
    interface Counter {
        int count(@Nullable String filter);
    }

    /** The filter expression that holds of the expected traces; null if any trace will do. */
    @Nullable
    String whole() {
        return joined(edges);
    }

    private @Nullable String joined(List<Edge> with) {
        var parts = new ArrayList<String>();
        if (filter != null) {
            parts.add(with.isEmpty() ? filter : "(" + filter + ")");
        }
        with.forEach(edge -> parts.add(edge.filter()));
        return parts.isEmpty() ? null : String.join(" AND ", parts);
    }

    /** Sentences that tell why {@code found} traces do not fit: what is missing, part by part. */
    List<String> missing(int found, Counter counter) {
        var lines = new ArrayList<String>();
        if (found > count.number()) {
            lines.add("more traces match than expected");
            return lines;
        }
        if (filter == null && edges.isEmpty()) {
            lines.add("there are too few traces in that time");
            return lines;
        }
        if (filter != null) {
            int matching = counter.count(filter);
            if (matching == 0) {
                lines.add("no trace matches " + filter + "; " + number(counter.count(null)) + " there in that time");
                return lines;
            }
            lines.add(number(matching) + " matching " + filter);
        }
        for (var edge : edges) {
            int with = counter.count(joined(List.of(edge)));
            lines.add(with == 0 ? "none of them has the edge " + edge : number(with) + " with the edge " + edge);
            if (with == 0) {
                explain(edge, counter, lines);
            }
        }
        return lines;
    }

    private void explain(Edge edge, Counter counter, List<String> lines) {
        for (var name : List.of(edge.from(), edge.to())) {
            var service = "service(\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\")";
            if (counter.count(filter == null ? service : "(" + filter + ") AND " + service) == 0) {
                lines.add("none of them touches the service " + name);
            }
        }
    }

    private static String number(int traces) {
        return traces == 1 ? "1 trace is" : traces + " traces are";
    }
}
