// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.query;

import dev.clew.monitor.metrics.MetricName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What SEARCH looks for: a schema in braces (namespace, then exactly the names of the dimensions), then terms joined by AND (also by
 * nothing), OR and NOT, with parentheses. A term is part of some name or value, all of one if it is quoted, or {@code Name=value}.
 */
final class SearchPattern {
    private static final int MOST_CHARACTERS = 1_024;
    private static final int DEEPEST = 20;

    private final String text;
    private int at;
    private int depth;

    private SearchPattern(String text) {
        this.text = text;
    }

    static Predicate<MetricName> parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new ExpressionException(
                    "SEARCH: " + text.length() + " characters (expected: at most " + MOST_CHARACTERS + ")");
        }
        var pattern = new SearchPattern(text);
        var schema = pattern.schema();
        pattern.skipBlanks();
        if (pattern.at == text.length()) {
            return schema;
        }
        var terms = pattern.either();
        pattern.skipBlanks();
        if (pattern.at < text.length()) {
            throw new ExpressionException(
                    "SEARCH: '" + text.charAt(pattern.at) + "' is not expected at position " + pattern.at);
        }
        return schema.and(terms);
    }

    private Predicate<MetricName> schema() {
        skipBlanks();
        if (!text.startsWith("{", at)) {
            return metric -> true;
        }
        int end = text.indexOf('}', at);
        if (end < 0) {
            throw new ExpressionException("SEARCH: the braces do not end");
        }
        var names = new ArrayList<String>();
        for (var name : text.substring(at + 1, end).split(",", -1)) {
            names.add(unquoted(name.strip()));
        }
        at = end + 1;
        var namespace = names.getFirst();
        Set<String> dimensions = new HashSet<>(names.subList(1, names.size()));
        return metric -> metric.namespace().equals(namespace)
                && dimensions.equals(metric.dimensionMap().keySet());
    }

    private static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    private Predicate<MetricName> either() {
        if (++depth > DEEPEST) {
            throw new ExpressionException("SEARCH: nested deeper than " + DEEPEST);
        }
        var left = both();
        while (takeWord("OR")) {
            left = left.or(both());
        }
        depth--;
        return left;
    }

    private Predicate<MetricName> both() {
        var left = term();
        while (true) {
            takeWord("AND");
            skipBlanks();
            if (at >= text.length() || text.charAt(at) == ')' || startsWithWord("OR")) {
                return left;
            }
            left = left.and(term());
        }
    }

    private Predicate<MetricName> term() {
        if (takeWord("NOT")) {
            return term().negate();
        }
        skipBlanks();
        if (at < text.length() && text.charAt(at) == '(') {
            at++;
            var inner = either();
            skipBlanks();
            if (at >= text.length() || text.charAt(at) != ')') {
                throw new ExpressionException("SEARCH: ')' is missing");
            }
            at++;
            return inner;
        }
        boolean quoted = at < text.length() && text.charAt(at) == '"';
        var word = word();
        skipBlanks();
        if (at < text.length() && text.charAt(at) == '=') {
            at++;
            skipBlanks();
            boolean whole = at < text.length() && text.charAt(at) == '"';
            return property(word, word(), whole);
        }
        return metric -> words(metric).anyMatch(candidate -> fits(candidate, word, quoted));
    }

    private static Predicate<MetricName> property(String name, String wanted, boolean whole) {
        return switch (name) {
            case "MetricName" -> metric -> fits(metric.name(), wanted, whole);
            case "Namespace" -> metric -> fits(metric.namespace(), wanted, whole);
            default ->
                metric -> {
                    var value = metric.dimension(name);
                    return value != null && fits(value, wanted, whole);
                };
        };
    }

    private static boolean fits(String candidate, String wanted, boolean whole) {
        return whole
                ? candidate.equals(wanted)
                : candidate.toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT));
    }

    private static Stream<String> words(MetricName metric) {
        var words = new ArrayList<>(List.of(metric.namespace(), metric.name()));
        metric.dimensionMap().forEach((name, value) -> {
            words.add(name);
            words.add(value);
        });
        return words.stream();
    }

    private String word() {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == '"') {
            int end = text.indexOf('"', at + 1);
            if (end < 0) {
                throw new ExpressionException("SEARCH: a quotation does not end");
            }
            var content = text.substring(at + 1, end);
            at = end + 1;
            return content;
        }
        int start = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at)) && "()=\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (start == at) {
            throw new ExpressionException("SEARCH: a term is missing at position " + at);
        }
        return text.substring(start, at);
    }

    private boolean startsWithWord(String word) {
        int end = at + word.length();
        return text.startsWith(word, at)
                && (end == text.length() || Character.isWhitespace(text.charAt(end)) || text.charAt(end) == '(');
    }

    private boolean takeWord(String word) {
        skipBlanks();
        if (!startsWithWord(word)) {
            return false;
        }
        at += word.length();
        return true;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
