// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs.pattern;

import java.util.Locale;
import java.util.function.IntPredicate;

/** A position in the text of a pattern, and the tokens that all kinds of pattern share. */
final class Cursor {
    /** What {@link #peek()} returns at the end. */
    static final char END = '\0';

    private static final int MOST_REGEXES = 2;

    private final String text;
    private int at;
    private int regexes;

    Cursor(String text) {
        this.text = text;
    }

    char peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    char peekAfterSpace() {
        while (Character.isWhitespace(peek())) {
            at++;
        }
        return peek();
    }

    boolean atEnd() {
        return at >= text.length();
    }

    char next() {
        if (atEnd()) {
            throw invalid("it ends too early");
        }
        return text.charAt(at++);
    }

    /** Takes {@code symbol}, after any space, if it comes next. */
    boolean take(String symbol) {
        peekAfterSpace();
        if (!text.startsWith(symbol, at)) {
            return false;
        }
        at += symbol.length();
        return true;
    }

    /** Takes the word {@code keyword}, in any case, if it comes next. */
    boolean takeWord(String keyword) {
        peekAfterSpace();
        int end = at + keyword.length();
        if (!text.regionMatches(true, at, keyword, 0, keyword.length())
                || end < text.length() && isWordPart(text.charAt(end))) {
            return false;
        }
        at = end;
        return true;
    }

    void expect(String symbol) {
        if (!take(symbol)) {
            throw invalid("'" + symbol + "' expected");
        }
    }

    void expectEnd() {
        peekAfterSpace();
        if (!atEnd()) {
            throw invalid("nothing more expected");
        }
    }

    /** The longest run of characters that satisfy {@code part}; may be empty. */
    String run(IntPredicate part) {
        int start = at;
        while (!atEnd() && part.test(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    /** A text in double quotes, the first of which comes next; a backslash escapes the character after it. */
    String quoted() {
        expect("\"");
        var value = new StringBuilder();
        while (true) {
            char c = next();
            if (c == '"') {
                return value.toString();
            }
            value.append(c == '\\' ? next() : c);
        }
    }

    /** A regular expression between percent signs, the first of which comes next. */
    BoundedRegex regex() {
        expect("%");
        var expression = run(c -> c != '%');
        expect("%");
        return BoundedRegex.compile(expression);
    }

    /** {@link #regex()} where a pattern may hold only two. */
    BoundedRegex countedRegex() {
        if (++regexes > MOST_REGEXES) {
            throw new InvalidPatternException(
                    "Invalid filter pattern: more than " + MOST_REGEXES + " regular expressions");
        }
        return regex();
    }

    InvalidPatternException invalid(String problem) {
        return new InvalidPatternException(
                String.format(Locale.ROOT, "Invalid filter pattern: %s at character %d", problem, at + 1));
    }

    static boolean isWordPart(int c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
