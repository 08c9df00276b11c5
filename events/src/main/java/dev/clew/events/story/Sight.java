// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.story;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an event has where a pattern looks: its values by joined path, those of all elements of arrays together. */
final class Sight {
    private static final String NOTHING = "nothing there";
    private static final int MOST = 5;

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private Sight() {}

    static Sight of(String event) {
        var sight = new Sight();
        sight.add(JsonMapper.shared().readTree(event), "");
        return sight;
    }

    private void add(JsonNode node, String path) {
        if (node.isObject()) {
            if (!path.isEmpty()) {
                values.computeIfAbsent(path, p -> new ArrayList<>()).add("an object");
            }
            node.properties()
                    .forEach(field ->
                            add(field.getValue(), path.isEmpty() ? field.getKey() : path + '.' + field.getKey()));
        } else if (node.isArray()) {
            if (node.isEmpty()) {
                values.computeIfAbsent(path, p -> new ArrayList<>()).add("[]");
            }
            node.forEach(element -> add(element, path));
        } else {
            values.computeIfAbsent(path, p -> new ArrayList<>()).add(Clauses.brief(node.toString()));
        }
    }

    /** The values at {@code path}; for a {@code $or} there, those of every field that its branches name. */
    String at(String path, JsonNode condition) {
        boolean or =
                condition.isArray() && condition.valueStream().anyMatch(JsonNode::isObject) && isOr(path, condition);
        return or
                ? fields(path, condition).stream()
                        .distinct()
                        .limit(MOST)
                        .map(field -> field + ' ' + value(field))
                        .collect(Collectors.joining(", "))
                : value(path);
    }

    /** Alternatives of a field are values or one operator each; branches of a {@code $or} have fields with arrays or objects. */
    private static boolean isOr(String path, JsonNode condition) {
        return path.isEmpty()
                || condition
                        .valueStream()
                        .allMatch(branch -> branch.isObject()
                                && branch.valueStream().allMatch(JsonNode::isContainer)
                                && branch.propertyStream().noneMatch(field -> isOperator(field.getKey())));
    }

    private static boolean isOperator(String name) {
        return List.of("anything-but", "numeric", "prefix", "suffix").contains(name);
    }

    private static List<String> fields(String path, JsonNode condition) {
        var fields = new ArrayList<String>();
        condition.forEach(branch -> branch.properties().forEach(field -> {
            var name = path.isEmpty() ? field.getKey() : path + '.' + field.getKey();
            if (field.getValue().isObject()) {
                fields.addAll(fields(name, JsonMapper.shared().createArrayNode().add(field.getValue())));
            } else {
                fields.add(name);
            }
        }));
        return fields;
    }

    private String value(String path) {
        var there = values.get(path);
        if (there == null) {
            return NOTHING;
        }
        var shown = there.stream().limit(MOST).collect(Collectors.joining(", "));
        return there.size() > MOST ? shown + " and " + (there.size() - MOST) + " more" : shown;
    }
}
