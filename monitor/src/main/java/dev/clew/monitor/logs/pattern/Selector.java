// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs.pattern;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A path into a JSON object: {@code $.a.b[0]}, {@code $.['odd name']}.
 *
 * @param text as written
 */
record Selector(String text, List<Step> steps) {
    private static final int LONGEST_INDEX = 6;

    /** One step: into an object or into an array. */
    sealed interface Step {
        record Name(String name) implements Step {}

        record Index(int index) implements Step {}
    }

    Selector {
        steps = List.copyOf(steps);
    }

    static Selector parse(Cursor cursor) {
        cursor.expect("$");
        var steps = new ArrayList<Step>();
        var text = new StringBuilder("$");
        while (cursor.peek() == '.' || cursor.peek() == '[') {
            char first = cursor.next();
            text.append(first);
            if (first == '.' && cursor.peek() == '[') {
                text.append(cursor.next());
                first = '[';
            }
            steps.add(first == '.' ? name(cursor, text) : bracketed(cursor, text));
        }
        if (steps.isEmpty()) {
            throw cursor.invalid("a property expected after $");
        }
        return new Selector(text.toString(), steps);
    }

    private static Step name(Cursor cursor, StringBuilder text) {
        var name = cursor.run(c -> Cursor.isWordPart(c) || c == '-' || c == '@');
        if (name.isEmpty()) {
            throw cursor.invalid("the name of a property expected");
        }
        text.append(name);
        return new Step.Name(name);
    }

    private static Step bracketed(Cursor cursor, StringBuilder text) {
        char quote = cursor.peek();
        Step step;
        if (quote == '\'' || quote == '"') {
            cursor.next();
            var name = cursor.run(c -> c != quote);
            cursor.next();
            text.append(quote).append(name).append(quote);
            step = new Step.Name(name);
        } else {
            var digits = cursor.run(Character::isDigit);
            if (digits.isEmpty() || digits.length() > LONGEST_INDEX) {
                throw cursor.invalid("an index or a quoted name expected");
            }
            text.append(digits);
            step = new Step.Index(Integer.parseInt(digits));
        }
        cursor.expect("]");
        text.append(']');
        return step;
    }

    /** What the path leads to in {@code root}; null if nothing is there. */
    @Nullable
    JsonNode in(JsonNode root) {
        JsonNode node = root;
        for (var step : steps) {
            node = switch (step) {
                case Step.Name(var name) -> node.get(name);
                case Step.Index(var index) -> node.get(index);
            };
            if (node == null) {
                return null;
            }
        }
        return node;
    }
}
