// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads expressions of metric math by recursive descent. From the loosest to the tightest: {@code OR ||}, {@code AND &&},
 * comparisons, {@code + -}, {@code * /}, the sign, {@code ^}. Bounded in length and nesting.
 */
final class ExpressionParser {
    private static final int MOST_CHARACTERS = 2_048;
    private static final int DEEPEST = 50;

    private static final Map<String, Operator> COMPARISONS = Map.of(
            "==", Operator.EQUAL,
            "!=", Operator.NOT_EQUAL,
            "<=", Operator.LESS_OR_EQUAL,
            ">=", Operator.GREATER_OR_EQUAL,
            "<", Operator.LESS,
            ">", Operator.GREATER);

    private final String text;
    private int at;
    private int depth;

    private ExpressionParser(String text) {
        this.text = text;
    }

    /** @throws ExpressionException if {@code text} is no expression */
    static Expression parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new ExpressionException(
                    "The expression has " + text.length() + " characters (expected: at most " + MOST_CHARACTERS + ")");
        }
        var parser = new ExpressionParser(text);
        var expression = parser.either();
        parser.skipBlanks();
        if (parser.at < text.length()) {
            throw parser.unexpected();
        }
        return expression;
    }

    private Expression either() {
        if (++depth > DEEPEST) {
            throw new ExpressionException("The expression is nested deeper than " + DEEPEST);
        }
        var left = both();
        while (take("||") || takeWord("OR")) {
            left = new Expression.Binary(Operator.OR, left, both());
        }
        depth--;
        return left;
    }

    private Expression both() {
        var left = comparison();
        while (take("&&") || takeWord("AND")) {
            left = new Expression.Binary(Operator.AND, left, comparison());
        }
        return left;
    }

    private Expression comparison() {
        var left = sum();
        for (var symbol : List.of("==", "!=", "<=", ">=", "<", ">")) {
            if (take(symbol)) {
                return new Expression.Binary(COMPARISONS.getOrDefault(symbol, Operator.EQUAL), left, sum());
            }
        }
        return left;
    }

    private Expression sum() {
        var left = product();
        while (true) {
            if (take("+")) {
                left = new Expression.Binary(Operator.PLUS, left, product());
            } else if (take("-")) {
                left = new Expression.Binary(Operator.MINUS, left, product());
            } else {
                return left;
            }
        }
    }

    private Expression product() {
        var left = signed();
        while (true) {
            if (take("*")) {
                left = new Expression.Binary(Operator.TIMES, left, signed());
            } else if (take("/")) {
                left = new Expression.Binary(Operator.DIVIDED_BY, left, signed());
            } else {
                return left;
            }
        }
    }

    private Expression signed() {
        boolean negative = false;
        while (take("-")) {
            negative = !negative;
        }
        var operand = power();
        return negative ? new Expression.Negation(operand) : operand;
    }

    private Expression power() {
        var base = operand();
        while (take("^")) {
            boolean negative = take("-");
            var exponent = operand();
            base = new Expression.Binary(
                    Operator.TO_THE_POWER, base, negative ? new Expression.Negation(exponent) : exponent);
        }
        return base;
    }

    private Expression operand() {
        skipBlanks();
        if (at >= text.length()) {
            throw new ExpressionException("The expression ends where an operand is expected");
        }
        char next = text.charAt(at);
        if (take("(")) {
            var inner = either();
            expect(")");
            return inner;
        }
        if (take("[")) {
            return new Expression.Array(list("]"));
        }
        if (next == '"' || next == '\'') {
            return new Expression.Text(quoted(next));
        }
        if (Character.isDigit(next) || next == '.') {
            return number();
        }
        if (Character.isLetter(next)) {
            var word = word();
            return take("(") ? new Expression.Call(word, list(")")) : new Expression.Name(word);
        }
        throw unexpected();
    }

    private List<Expression> list(String end) {
        var elements = new ArrayList<Expression>();
        if (take(end)) {
            return elements;
        }
        do {
            elements.add(either());
        } while (take(","));
        expect(end);
        return elements;
    }

    private String quoted(char quote) {
        int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            throw new ExpressionException("The text that begins at position " + at + " does not end");
        }
        var content = text.substring(at + 1, end);
        at = end + 1;
        return content;
    }

    private Expression number() {
        int start = at;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        try {
            return new Expression.Number(Double.parseDouble(text.substring(start, at)));
        } catch (NumberFormatException e) {
            throw new ExpressionException("'" + text.substring(start, at) + "' is no number");
        }
    }

    private String word() {
        int start = at;
        while (at < text.length() && isWordPart(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean isWordPart(char character) {
        return Character.isLetterOrDigit(character) || character == '_';
    }

    private boolean take(String symbol) {
        skipBlanks();
        if (!text.startsWith(symbol, at)) {
            return false;
        }
        at += symbol.length();
        return true;
    }

    private boolean takeWord(String word) {
        skipBlanks();
        int end = at + word.length();
        if (!text.startsWith(word, at) || end < text.length() && isWordPart(text.charAt(end))) {
            return false;
        }
        at = end;
        return true;
    }

    private void expect(String symbol) {
        if (!take(symbol)) {
            throw at < text.length()
                    ? unexpected()
                    : new ExpressionException("The expression ends where '" + symbol + "' is expected");
        }
    }

    private ExpressionException unexpected() {
        return new ExpressionException("'" + text.charAt(at) + "' is not expected at position " + at);
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
