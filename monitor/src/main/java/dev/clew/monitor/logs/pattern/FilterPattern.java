// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs.pattern;

import java.util.Map;

/** What a log event must look like to be selected. Immutable. */
public sealed interface FilterPattern permits TermPattern, JsonPattern, FieldPattern {
    /**
     * Whether the pattern selects {@code message}.
     *
     * @throws InvalidPatternException if a regular expression takes too many steps on it
     */
    boolean matches(String message);

    /** The values that the pattern names, from a message that it selects; by {@code $field} or {@code $.selector}. */
    Map<String, String> extract(String message);

    /**
     * The pattern that {@code text} spells: a JSON condition if it begins with a brace, fields if it begins with a
     * bracket, else terms. A blank one selects everything.
     *
     * @throws InvalidPatternException if it is none of these
     */
    static FilterPattern compile(String text) {
        var cursor = new Cursor(text);
        return switch (cursor.peekAfterSpace()) {
            case '{' -> JsonPattern.parse(cursor);
            case '[' -> FieldPattern.parse(cursor);
            default -> TermPattern.parse(cursor);
        };
    }
}
