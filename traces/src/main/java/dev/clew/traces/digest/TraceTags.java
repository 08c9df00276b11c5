// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.digest;

import dev.clew.traces.document.Entity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Annotations and users of a trace, each distinct value with the nodes that carry it. */
final class TraceTags {
    private static final int MAX_KEYS = 50;

    private record Found(long start, String key, Object value, int node) {}

    private final List<Found> found = new ArrayList<>();
    private final Map<String, Set<Integer>> users = new LinkedHashMap<>();

    void user(String name, int node) {
        users.computeIfAbsent(name, added -> new TreeSet<>()).add(node);
    }

    /** @param node of the segment that carries them, or -1 */
    void annotations(Entity entity, int node) {
        for (var annotation : entity.annotations()) {
            found.add(new Found(entity.start(), annotation.key(), annotation.value(), node));
        }
    }

    /** The values of the first fifty keys, in order of the start times of what carries them. */
    List<TraceDigest.Annotation> annotations() {
        found.sort(Comparator.comparingLong(Found::start));
        var keys = new HashSet<String>();
        var values = new LinkedHashMap<Map.Entry<String, Object>, Set<Integer>>();
        for (var one : found) {
            if (keys.contains(one.key) || keys.size() < MAX_KEYS) {
                keys.add(one.key);
                var nodes = values.computeIfAbsent(Map.entry(one.key, one.value), added -> new TreeSet<>());
                if (one.node >= 0) {
                    nodes.add(one.node);
                }
            }
        }
        var annotations = new ArrayList<TraceDigest.Annotation>();
        values.forEach((entry, nodes) -> annotations.add(annotation(entry.getKey(), entry.getValue(), nodes)));
        return List.copyOf(annotations);
    }

    private static TraceDigest.Annotation annotation(String key, Object value, Set<Integer> nodes) {
        return new TraceDigest.Annotation(
                key,
                value instanceof String text ? text : null,
                value instanceof Double number ? number : null,
                value instanceof Boolean flag ? flag : null,
                List.copyOf(nodes));
    }

    List<TraceDigest.User> users() {
        return users.entrySet().stream()
                .map(entry -> new TraceDigest.User(entry.getKey(), List.copyOf(entry.getValue())))
                .toList();
    }
}
