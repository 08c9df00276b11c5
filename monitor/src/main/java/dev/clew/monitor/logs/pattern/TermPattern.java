// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Terms anywhere in the message, case-sensitive: all of {@code required}, none of {@code excluded}, and one of
 * {@code optional}, which count only when they stand alone.
 */
record TermPattern(List<Predicate<String>> required, List<Predicate<String>> excluded, List<Predicate<String>> optional)
        implements FilterPattern {

    TermPattern {
        required = List.copyOf(required);
        excluded = List.copyOf(excluded);
        optional = List.copyOf(optional);
    }

    static TermPattern parse(Cursor cursor) {
        var required = new ArrayList<Predicate<String>>();
        var excluded = new ArrayList<Predicate<String>>();
        var optional = new ArrayList<Predicate<String>>();
        while (cursor.peekAfterSpace() != Cursor.END) {
            var kind = cursor.take("-") ? excluded : cursor.take("?") ? optional : required;
            kind.add(term(cursor));
        }
        return new TermPattern(required, excluded, optional);
    }

    private static Predicate<String> term(Cursor cursor) {
        return switch (cursor.peek()) {
            case '"' -> containing(cursor.quoted());
            case '%' -> cursor.regex()::findIn;
            default -> containing(word(cursor));
        };
    }

    private static String word(Cursor cursor) {
        var word = cursor.run(c -> !Character.isWhitespace(c));
        if (word.isEmpty()) {
            throw cursor.invalid("a term expected");
        }
        if (!word.chars().allMatch(Cursor::isWordPart)) {
            throw new InvalidPatternException("Invalid character(s) in term '" + word + "'");
        }
        return word;
    }

    private static Predicate<String> containing(String text) {
        return message -> message.contains(text);
    }

    @Override
    public boolean matches(String message) {
        if (required.isEmpty() && excluded.isEmpty() && !optional.isEmpty()) {
            return optional.stream().anyMatch(term -> term.test(message));
        }
        return required.stream().allMatch(term -> term.test(message))
                && excluded.stream().noneMatch(term -> term.test(message));
    }

    @Override
    public Map<String, String> extract(String message) {
        return Map.of();
    }
}
