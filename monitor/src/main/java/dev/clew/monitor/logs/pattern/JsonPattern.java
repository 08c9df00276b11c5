// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs.pattern;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A condition on a message that is a JSON object: {@code { $.a.b = "x*" && $.n > 3 }}. Other messages never match. */
record JsonPattern(Predicate<JsonNode> condition, List<Selector> selectors) implements FilterPattern {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    JsonPattern {
        selectors = List.copyOf(selectors);
    }

    static JsonPattern parse(Cursor cursor) {
        cursor.expect("{");
        var selectors = new ArrayList<Selector>();
        var condition = Condition.parse(cursor, leaf -> comparison(leaf, selectors));
        cursor.expect("}");
        cursor.expectEnd();
        return new JsonPattern(condition, selectors);
    }

    private static Predicate<JsonNode> comparison(Cursor cursor, List<Selector> selectors) {
        var selector = Selector.parse(cursor);
        selectors.add(selector);
        if (cursor.takeWord("IS")) {
            var test = literal(cursor);
            return root -> {
                var node = selector.in(root);
                return node != null && test.test(node);
            };
        }
        if (cursor.takeWord("NOT")) {
            if (!cursor.takeWord("EXISTS")) {
                throw cursor.invalid("EXISTS expected");
            }
            return root -> selector.in(root) == null;
        }
        var test = ValueTest.parseIfAny(cursor);
        if (test == null) {
            throw cursor.invalid("an operator expected");
        }
        return root -> accepts(test, selector.in(root));
    }

    private static Predicate<JsonNode> literal(Cursor cursor) {
        if (cursor.takeWord("NULL")) {
            return JsonNode::isNull;
        }
        if (cursor.takeWord("TRUE")) {
            return node -> node.isBoolean() && node.booleanValue();
        }
        if (cursor.takeWord("FALSE")) {
            return node -> node.isBoolean() && !node.booleanValue();
        }
        throw cursor.invalid("NULL, TRUE or FALSE expected");
    }

    private static boolean accepts(ValueTest test, @Nullable JsonNode node) {
        if (node == null || node.isNull() || node.isContainer()) {
            return false;
        }
        return node.isNumber()
                ? test.acceptsNumber(node.decimalValue(), node.asString())
                : test.acceptsText(node.asString());
    }

    @Override
    public boolean matches(String message) {
        var root = object(message);
        return root != null && condition.test(root);
    }

    @Override
    public Map<String, String> extract(String message) {
        var values = new LinkedHashMap<String, String>();
        var root = object(message);
        if (root != null) {
            for (var selector : selectors) {
                var node = selector.in(root);
                if (node != null && !node.isContainer()) {
                    values.put(selector.text(), node.asString());
                }
            }
        }
        return values;
    }

    private static @Nullable JsonNode object(String message) {
        if (!message.stripLeading().startsWith("{")) {
            return null; // most lines of most logs: not worth an exception
        }
        try {
            return JSON.readTree(message);
        } catch (JacksonException e) {
            return null;
        }
    }
}
