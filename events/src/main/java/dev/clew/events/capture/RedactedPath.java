// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A path to the values of a JSON text that nobody may see: {@code $}, then members ({@code .name}, {@code ['name']}), indices
 * ({@code [0]}), all of them ({@code .*}, {@code [*]}), or members at any depth ({@code ..name}).
 */
final class RedactedPath {
    private static final Pattern STEP = Pattern.compile(
            "\\.\\.([^.\\[\\]*'\"]+)|\\.([^.\\[\\]*'\"]+)|\\['([^']*)']|\\[(\\d{1,9})]|(\\.\\*|\\[\\*])");

    private final List<Step> steps;

    private sealed interface Step {
        record Member(String name) implements Step {}

        record Element(int index) implements Step {}

        record Every() implements Step {}

        record Anywhere(String name) implements Step {}
    }

    private RedactedPath(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /** @throws IllegalArgumentException if {@code text} spells no path, or the whole payload */
    static RedactedPath parse(String text) {
        var steps = new ArrayList<Step>();
        var matcher = STEP.matcher(text);
        int end = text.startsWith("$") ? 1 : text.length() + 1;
        while (end < text.length()) {
            if (!matcher.region(end, text.length()).lookingAt()) {
                end = text.length() + 1;
                break;
            }
            steps.add(step(matcher));
            end = matcher.end();
        }
        if (end != text.length() || steps.isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + text + "' (expected: a path like $.detail.card, $.detail.items[*].price or $..password)");
        }
        return new RedactedPath(steps);
    }

    private static Step step(Matcher matcher) {
        if (matcher.group(1) != null) {
            return new Step.Anywhere(matcher.group(1));
        }
        if (matcher.group(2) != null) {
            return new Step.Member(matcher.group(2));
        }
        if (matcher.group(3) != null) {
            return new Step.Member(matcher.group(3));
        }
        return matcher.group(4) != null ? new Step.Element(Integer.parseInt(matcher.group(4))) : new Step.Every();
    }

    /** Replaces what the path selects in {@code root} by {@code mask}; adds what was there to {@code found}. */
    void mask(JsonNode root, String mask, List<JsonNode> found) {
        mask(root, 0, mask, found);
    }

    private void mask(JsonNode node, int at, String mask, List<JsonNode> found) {
        boolean last = at == steps.size() - 1;
        switch (steps.get(at)) {
            case Step.Member(String name) -> member(node, name, last, at, mask, found);
            case Step.Anywhere(String name) -> {
                member(node, name, last, at, mask, found);
                children(node).forEach(child -> mask(child, at, mask, found));
            }
            case Step.Element(int index) -> {
                if (node instanceof ArrayNode array && index < array.size()) {
                    element(array, index, last, at, mask, found);
                }
            }
            case Step.Every _ -> {
                if (node instanceof ObjectNode object) {
                    List.copyOf(object.propertyNames()).forEach(name -> member(node, name, last, at, mask, found));
                } else if (node instanceof ArrayNode array) {
                    for (int i = 0; i < array.size(); i++) {
                        element(array, i, last, at, mask, found);
                    }
                }
            }
        }
    }

    private static List<JsonNode> children(JsonNode node) {
        return node.isContainer() ? node.valueStream().toList() : List.of();
    }

    private void member(JsonNode node, String name, boolean last, int at, String mask, List<JsonNode> found) {
        @Nullable JsonNode value = node instanceof ObjectNode ? node.get(name) : null;
        if (value == null) {
            return;
        }
        if (last) {
            found.add(value);
            ((ObjectNode) node).set(name, StringNode.valueOf(mask));
        } else {
            mask(value, at + 1, mask, found);
        }
    }

    private void element(ArrayNode array, int index, boolean last, int at, String mask, List<JsonNode> found) {
        if (last) {
            found.add(array.get(index));
            array.set(index, StringNode.valueOf(mask));
        } else {
            mask(array.get(index), at + 1, mask, found);
        }
    }
}
