// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.input;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/**
 * Parts of a JSON text, verbatim.
 *
 * <p>A tree would round numbers and rewrite strings; what a target receives must keep both as the producer wrote them.
 * So this walks the characters. It trusts the text to be valid JSON: events are checked when they are put.
 */
final class JsonText {
    private static final JsonFactory JSON = new JsonFactory();

    private final String text;
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    /** The value of member {@code name} of {@code object}, or null if it has none or is no object. */
    static @Nullable String member(String object, String name) {
        var cursor = new JsonText(object);
        if (!cursor.enter('{')) {
            return null;
        }
        String found = null; // the last of equal names wins, as it does in every parser the targets use
        while (cursor.peek() != '}') {
            var key = string(cursor.value());
            cursor.at++; // the colon
            var value = cursor.value();
            if (key.equals(name)) {
                found = value;
            }
            cursor.separator();
        }
        return found;
    }

    /** The element of {@code array} at {@code index}, or null if it has none or is no array. */
    static @Nullable String element(String array, int index) {
        var cursor = new JsonText(array);
        if (!cursor.enter('[')) {
            return null;
        }
        for (int i = 0; cursor.peek() != ']'; i++) {
            var value = cursor.value();
            if (i == index) {
                return value;
            }
            cursor.separator();
        }
        return null;
    }

    /** What {@code literal}, a JSON string with its quotes, spells. */
    static String string(String literal) {
        if (literal.indexOf('\\') < 0) {
            return literal.substring(1, literal.length() - 1);
        }
        try (var parser = JSON.createParser(literal)) {
            parser.nextToken();
            return parser.getString();
        }
    }

    /** Whether {@code text} is one JSON value and nothing more. */
    static boolean isValue(String text) {
        return firstToken(text) != null;
    }

    /** Whether {@code text} is one JSON string or object and nothing more. */
    static boolean isStringOrObject(String text) {
        var first = firstToken(text);
        return first == JsonToken.VALUE_STRING || first == JsonToken.START_OBJECT;
    }

    private static @Nullable JsonToken firstToken(String text) {
        try (var parser = JSON.createParser(text)) {
            var first = parser.nextToken();
            parser.skipChildren();
            return parser.nextToken() == null ? first : null;
        } catch (JacksonException malformed) {
            return null;
        }
    }

    private boolean enter(char bracket) {
        boolean there = peek() == bracket;
        at++;
        return there;
    }

    private char peek() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void separator() {
        if (peek() == ',') {
            at++;
        }
    }

    /** The value that begins here; leaves the cursor behind it and the space after it. */
    private String value() {
        peek();
        int start = at;
        int depth = 0;
        do {
            switch (text.charAt(at)) {
                case '"' -> skipString();
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                default -> skipScalar(depth);
            }
        } while (depth > 0);
        var value = text.substring(start, at);
        peek();
        return value;
    }

    private void skipString() {
        at++;
        while (text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    private void skipScalar(int depth) {
        if (depth > 0) {
            at++;
            return;
        }
        while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
    }
}
