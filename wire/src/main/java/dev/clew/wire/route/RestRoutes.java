// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.route;

import dev.clew.wire.http.PercentEncoding;
import dev.clew.wire.protocol.PathLabels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a restJson service by method and path.
 *
 * <p>A trie over path segments: a literal beats a label, a label beats a greedy one, and a branch that leads nowhere is
 * left again. Segments are split before they are decoded, so an encoded slash stays within its label. Paths match with
 * and without a slash at the end. Where modelled URIs differ only by fixed query parameters, the one whose parameters
 * are all there wins, and the one with the most of them.
 */
final class RestRoutes {
    private final Node root = new Node();

    /** An operation and the labels of the path that named it. */
    record Match(String operation, PathLabels labels) {}

    private static final class Node {
        final Map<String, Node> literals = new HashMap<>();
        final List<Leaf> leaves = new ArrayList<>(1);
        final List<Leaf> greedyLeaves = new ArrayList<>(0);

        @Nullable
        Node label;
    }

    private record Leaf(String method, String operation, List<String> labels, List<String> fixedQuery) {}

    /** @param uri as modelled, for example {@code /restapis/{restapi_id}?mode=import} */
    void add(String method, String uri, String operation) {
        int question = uri.indexOf('?');
        var path = question < 0 ? uri : uri.substring(0, question);
        var fixed = question < 0
                ? List.<String>of()
                : List.of(uri.substring(question + 1).split("&", -1));
        var labels = new ArrayList<String>();
        var node = root;
        for (var segment : segments(path)) {
            if (segment.endsWith("+}")) {
                labels.add(segment.substring(1, segment.length() - 2));
                node.greedyLeaves.add(new Leaf(method, operation, List.copyOf(labels), fixed));
                return; // a greedy label is always the last
            }
            if (segment.startsWith("{")) {
                labels.add(segment.substring(1, segment.length() - 1));
                node.label = node.label == null ? new Node() : node.label;
                node = node.label;
            } else {
                node = node.literals.computeIfAbsent(segment, key -> new Node());
            }
        }
        node.leaves.add(new Leaf(method, operation, List.copyOf(labels), fixed));
    }

    /**
     * The operation that these name, or null.
     *
     * @param path as sent, still encoded
     * @param query as sent, still encoded
     */
    @Nullable
    Match find(String method, String path, String query) {
        var segments = segments(path);
        return find(root, segments, 0, new ArrayList<>(4), method, query);
    }

    private static @Nullable Match find(
            Node node, List<String> segments, int index, List<String> values, String method, String query) {
        if (index == segments.size()) {
            return match(node.leaves, values, method, query);
        }
        var segment = segments.get(index);
        var literal = node.literals.get(PercentEncoding.decode(segment));
        if (literal != null) {
            var found = find(literal, segments, index + 1, values, method, query);
            if (found != null) {
                return found;
            }
        }
        if (segment.isEmpty()) {
            return null; // no label is empty
        }
        if (node.label != null) {
            values.add(PercentEncoding.decode(segment));
            var found = find(node.label, segments, index + 1, values, method, query);
            if (found != null) {
                return found;
            }
            values.removeLast();
        }
        if (node.greedyLeaves.isEmpty()) {
            return null;
        }
        values.add(PercentEncoding.decode(String.join("/", segments.subList(index, segments.size()))));
        var found = match(node.greedyLeaves, values, method, query);
        if (found == null) {
            values.removeLast();
        }
        return found;
    }

    private static @Nullable Match match(List<Leaf> leaves, List<String> values, String method, String query) {
        Leaf best = null;
        for (var leaf : leaves) {
            if (leaf.method.equals(method)
                    && (best == null || leaf.fixedQuery.size() > best.fixedQuery.size())
                    && leaf.fixedQuery.stream().allMatch(fixed -> holds(query, fixed))) {
                best = leaf;
            }
        }
        return best == null ? null : new Match(best.operation, new PathLabels(best.labels, List.copyOf(values)));
    }

    private static boolean holds(String query, String parameter) {
        return !query.isEmpty() && ('&' + query + '&').contains('&' + parameter + '&');
    }

    private static List<String> segments(String path) {
        var segments = new ArrayList<String>(8);
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        int start = path.startsWith("/") ? 1 : 0;
        while (start <= end && end > 0) {
            int slash = path.indexOf('/', start);
            int stop = slash < 0 || slash > end ? end : slash;
            segments.add(path.substring(start, stop));
            start = stop + 1;
        }
        return segments;
    }
}
