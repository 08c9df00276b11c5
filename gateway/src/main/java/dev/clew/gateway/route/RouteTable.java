// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.route;

import dev.clew.wire.http.PercentEncoding;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a request path means among templates such as {@code /orders/{customerId}} and {@code /{proxy+}}. At each
 * segment plain text beats a variable, and a variable beats a greedy one; a greedy one takes at least one character.
 *
 * <p>Looks at each template's segment at most once per path, so the cost is bounded by the number of templates. Not
 * changed after it is built; then safe for use by many threads.
 *
 * @param <T> what the templates lead to
 */
public final class RouteTable<T> {
    private final Node<T> root = new Node<>();

    /**
     * What a path means.
     *
     * @param parameters decoded values of the template's variables, in order
     */
    public record Match<T>(T target, Map<String, String> parameters) {}

    private static final class Node<T> {
        private final Map<String, Node<T>> texts = new HashMap<>();
        private @Nullable Node<T> variable;
        private String variableName = "";
        private @Nullable T greedy;
        private String greedyName = "";
        private @Nullable T target;
    }

    /** A table of these templates, each with what it leads to. */
    public static <T> RouteTable<T> of(Map<String, T> targetsByTemplate) {
        var table = new RouteTable<T>();
        targetsByTemplate.forEach(table::add);
        return table;
    }

    private void add(String template, T target) {
        var node = root;
        for (var part : segments(template)) {
            if (part.endsWith("+}")) {
                node.greedy = target;
                node.greedyName = part.substring(1, part.length() - 2);
                return;
            }
            if (part.startsWith("{")) {
                var variable = node.variable == null ? new Node<T>() : node.variable;
                node.variable = variable;
                node.variableName = part.substring(1, part.length() - 1);
                node = variable;
            } else {
                node = node.texts.computeIfAbsent(part, text -> new Node<>());
            }
        }
        node.target = target;
    }

    /**
     * What {@code path} means, or null if no template fits.
     *
     * @param path percent-encoded; begins with a slash; a slash at its end counts for nothing
     */
    public @Nullable Match<T> match(String path) {
        var segments = segments(path).stream().map(PercentEncoding::decode).toList();
        var parameters = new LinkedHashMap<String, String>();
        var target = find(root, segments, 0, parameters);
        return target == null ? null : new Match<>(target, parameters);
    }

    private @Nullable T find(Node<T> node, List<String> segments, int at, Map<String, String> parameters) {
        if (at == segments.size()) {
            return node.target;
        }
        var segment = segments.get(at);
        var text = node.texts.get(segment);
        if (text != null) {
            var found = find(text, segments, at + 1, parameters);
            if (found != null) {
                return found;
            }
        }
        if (node.variable != null && !segment.isEmpty()) {
            parameters.put(node.variableName, segment);
            var found = find(node.variable, segments, at + 1, parameters);
            if (found != null) {
                return found;
            }
            parameters.remove(node.variableName);
        }
        if (node.greedy != null) {
            var rest = String.join("/", segments.subList(at, segments.size()));
            if (!rest.isEmpty()) {
                parameters.put(node.greedyName, rest);
                return node.greedy;
            }
        }
        return null;
    }

    private static List<String> segments(String path) {
        int end = path.length() > 1 && path.endsWith("/") ? path.length() - 1 : path.length();
        return end <= 1 ? List.of() : List.of(path.substring(1, end).split("/", -1));
    }
}
