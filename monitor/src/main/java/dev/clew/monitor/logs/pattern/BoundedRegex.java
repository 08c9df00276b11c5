// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs.pattern;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of a stranger: only the documented characters, no groups, and a bound on the steps of a search.
 *
 * <p>The engine backtracks, so some short expressions need time that grows with the square, or a higher power, of the
 * length of the line. Every step reads a character of it; reads are counted, and too many end the search. Without groups
 * the engine does not recurse, so that no line exhausts the stack.
 */
final class BoundedRegex {
    private static final String SYMBOLS = ":_#=@/;,- ";
    private static final String OPERATORS = "^$?[]{}|\\*+.";
    private static final String ESCAPES = "dDsSwWx";
    private static final int STEPS_PER_CHARACTER = 20;
    private static final int STEPS_AT_LEAST = 10_000;

    private final String text;
    private final Pattern pattern;

    private BoundedRegex(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    static BoundedRegex compile(String text) {
        checkCharacters(text);
        try {
            return new BoundedRegex(text, Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            throw new InvalidPatternException("Invalid regular expression %" + text + "%: " + e.getDescription());
        }
    }

    private static void checkCharacters(String text) {
        if (text.isEmpty()) {
            throw new InvalidPatternException("Invalid regular expression %%: it is empty");
        }
        boolean inClass = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                char escaped = text.charAt(++i);
                if (isAlphanumeric(escaped) ? ESCAPES.indexOf(escaped) < 0 : escaped > '~' || escaped < ' ') {
                    throw unsupported(text, "\\" + escaped);
                }
            } else if (!isAlphanumeric(c) && SYMBOLS.indexOf(c) < 0 && OPERATORS.indexOf(c) < 0
                    || inClass && c == '[') {
                throw unsupported(text, String.valueOf(c));
            } else if (c == '[' || c == ']') {
                inClass = c == '[';
            }
        }
    }

    private static InvalidPatternException unsupported(String text, String part) {
        return new InvalidPatternException(
                "Invalid regular expression %" + text + "%: '" + part + "' is not supported");
    }

    private static boolean isAlphanumeric(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    /** Whether the expression matches somewhere in {@code line}. */
    boolean findIn(String line) {
        return pattern.matcher(new Counted(line)).find();
    }

    /** A line that can be read only so often. */
    private final class Counted implements CharSequence {
        private final String line;
        private long steps;

        Counted(String line) {
            this.line = line;
            this.steps = STEPS_AT_LEAST + (long) STEPS_PER_CHARACTER * line.length();
        }

        @Override
        public int length() {
            return line.length();
        }

        @Override
        public char charAt(int index) {
            if (--steps < 0) {
                throw new InvalidPatternException(
                        "Invalid regular expression %" + text + "%: it takes too many steps on a log event");
            }
            return line.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return line.subSequence(start, end);
        }

        @Override
        public String toString() {
            return line;
        }
    }
}
