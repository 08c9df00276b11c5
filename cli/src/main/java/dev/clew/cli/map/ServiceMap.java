// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.map;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Services and who calls whom, as a person thinks of them: a function is one node, not two. */
record ServiceMap(List<Node> nodes) {
    static final String CLIENT = "client";
    static final String BUS = "AWS::Events";

    private static final String LAMBDA = "AWS::Lambda";
    private static final String FUNCTION = "AWS::Lambda::Function";

    /**
     * A service.
     *
     * @param type origin of its segments, {@code client}, or "" if unknown
     * @param median microseconds that half of its calls stayed under; 0 if unknown
     */
    record Node(int id, String name, String type, boolean root, Counts counts, long median, List<Edge> edges) {
        Node {
            edges = List.copyOf(edges);
        }

        boolean is(String expected) {
            return type.equals(expected);
        }

        Node withEdges(List<Edge> others) {
            return new Node(id, name, type, root, counts, median, others);
        }
    }

    /**
     * Calls from one service to another.
     *
     * @param link whether it only relates two traces
     */
    record Edge(int target, Counts counts, boolean link) {}

    ServiceMap {
        nodes = List.copyOf(nodes);
    }

    Optional<Node> node(int id) {
        return nodes.stream().filter(node -> node.id == id).findFirst();
    }

    /** The same map with the service's and the function's view of each function as one node. */
    ServiceMap withFunctionsMerged() {
        var functions = new HashMap<String, Node>();
        nodes.stream().filter(node -> node.is(FUNCTION)).forEach(node -> functions.put(node.name, node));
        var renamed = new HashMap<Integer, Integer>();
        var merged = new ArrayList<Node>();
        for (var node : nodes) {
            var function = node.is(LAMBDA) ? functions.remove(node.name) : null;
            if (function != null) {
                renamed.put(function.id, node.id);
                merged.add(merge(node, function));
            }
        }
        for (var node : nodes) {
            boolean paired = renamed.containsKey(node.id) || merged.stream().anyMatch(other -> other.id == node.id);
            if (!paired) {
                merged.add(node);
            }
        }
        return new ServiceMap(merged.stream()
                .map(node -> node.withEdges(redirect(node, renamed)))
                .sorted(Comparator.comparingInt(Node::id))
                .toList());
    }

    /** Calls are those that the service accepted; how long they took is what the code took. */
    private static Node merge(Node service, Node function) {
        var counts = service.counts.total() == 0 ? function.counts : service.counts;
        var edges = new ArrayList<>(service.edges);
        edges.addAll(function.edges);
        boolean measured = function.counts.total() > 0;
        var timed = measured
                ? new Counts(
                        counts.ok(),
                        counts.errors(),
                        counts.throttles(),
                        counts.faults(),
                        function.counts.average() * counts.total())
                : counts;
        return new Node(
                service.id,
                service.name,
                LAMBDA,
                service.root || function.root,
                timed,
                measured ? function.median : service.median,
                edges);
    }

    private static List<Edge> redirect(Node node, Map<Integer, Integer> renamed) {
        var redirected = new LinkedHashMap<Integer, Edge>();
        for (var edge : node.edges) {
            int target = renamed.getOrDefault(edge.target, edge.target);
            boolean inner = renamed.containsKey(edge.target) && target == node.id;
            if (!inner) {
                redirected.merge(
                        target,
                        new Edge(target, edge.counts, edge.link),
                        (a, b) -> new Edge(target, a.counts.plus(b.counts), a.link && b.link));
            }
        }
        return List.copyOf(redirected.values());
    }

    /** Where reading begins: clients, then services that nobody here calls, then one of each circle. */
    List<Node> entries() {
        var called = new HashSet<Integer>();
        nodes.forEach(node -> node.edges.forEach(edge -> called.add(edge.target)));
        var entries = new ArrayList<Node>();
        nodes.stream().filter(node -> node.is(CLIENT)).forEach(entries::add);
        nodes.stream()
                .filter(node -> !node.is(CLIENT) && !called.contains(node.id))
                .forEach(entries::add);
        var reached = new HashSet<Integer>();
        entries.forEach(entry -> reach(entry.id, reached));
        for (var node : nodes) {
            if (!reached.contains(node.id)) {
                entries.add(node);
                reach(node.id, reached);
            }
        }
        return entries;
    }

    private void reach(int id, Set<Integer> reached) {
        var open = new ArrayList<>(List.of(id));
        while (!open.isEmpty()) {
            int next = open.removeLast();
            if (reached.add(next)) {
                node(next).ifPresent(node -> node.edges.forEach(edge -> open.add(edge.target)));
            }
        }
    }
}
