// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path to one value of an event: {@code $}, then members ({@code .name}, {@code ['name']}) and indices ({@code [0]}).
 * Paths that select several values (wildcards, filters, {@code ..}) are not part of it.
 */
final class JsonPath {
    private static final Pattern STEP =
            Pattern.compile("\\.([^.\\[\\]*'\"]+)|\\['([^']*)']|\\[\"([^\"]*)\"]|\\[(\\d{1,9})]");

    private final List<Step> steps;

    private sealed interface Step {
        record Member(String name) implements Step {}

        record Element(int index) implements Step {}
    }

    private JsonPath(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /** The path that {@code text} spells, or nothing if it is not one. */
    static Optional<JsonPath> parse(String text) {
        if (!text.startsWith("$")) {
            return Optional.empty();
        }
        var steps = new ArrayList<Step>();
        var matcher = STEP.matcher(text);
        int end = 1;
        while (end < text.length()) {
            if (!matcher.region(end, text.length()).lookingAt()) {
                return Optional.empty();
            }
            steps.add(
                    matcher.group(4) != null
                            ? new Step.Element(Integer.parseInt(matcher.group(4)))
                            : new Step.Member(firstOf(matcher.group(1), matcher.group(2), matcher.group(3))));
            end = matcher.end();
        }
        return Optional.of(new JsonPath(steps));
    }

    private static String firstOf(@Nullable String... groups) {
        for (var group : groups) {
            if (group != null) {
                return group;
            }
        }
        throw new IllegalStateException("a step matched no alternative");
    }

    /** The value in {@code json}, verbatim, or null if there is none. */
    @Nullable
    String select(String json) {
        String value = json;
        for (var step : steps) {
            value = switch (step) {
                case Step.Member(String name) -> JsonText.member(value, name);
                case Step.Element(int index) -> JsonText.element(value, index);
            };
            if (value == null) {
                return null;
            }
        }
        return value;
    }
}
