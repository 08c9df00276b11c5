// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs.pattern;

import java.math.BigDecimal;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An operator and what stands to its right: a number, a text with an asterisk at either end, or a regular expression.
 *
 * @param text whether a text is the same; {@link Operator#NOT_EQUAL} turns the answer round
 * @param number null if the right side is no number
 */
record ValueTest(
        Operator operator, Predicate<String> text, @Nullable BigDecimal number) {
    private static final int LONGEST_NUMBER = 64;

    /** How a value relates to the right side. */
    enum Operator {
        NOT_EQUAL("!=", order -> order != 0),
        AT_MOST("<=", order -> order <= 0),
        AT_LEAST(">=", order -> order >= 0),
        EQUAL("=", order -> order == 0),
        LESS("<", order -> order < 0),
        GREATER(">", order -> order > 0);

        private final String symbol;
        private final IntPredicate accepts;

        Operator(String symbol, IntPredicate accepts) {
            this.symbol = symbol;
            this.accepts = accepts;
        }

        private boolean comparesTexts() {
            return this == EQUAL || this == NOT_EQUAL;
        }
    }

    /** The test that comes next, or null if no operator does. */
    static @Nullable ValueTest parseIfAny(Cursor cursor) {
        for (var operator : Operator.values()) {
            if (cursor.take(operator.symbol)) {
                return of(operator, cursor);
            }
        }
        return null;
    }

    private static ValueTest of(Operator operator, Cursor cursor) {
        var test = switch (cursor.peekAfterSpace()) {
            case '%' -> new ValueTest(operator, cursor.countedRegex()::findIn, null);
            case '"' -> new ValueTest(operator, glob(cursor.quoted()), null);
            default -> {
                var bare = bare(cursor);
                yield new ValueTest(operator, glob(bare), numberOf(bare));
            }
        };
        if (!operator.comparesTexts() && test.number == null) {
            throw cursor.invalid("a number expected after " + operator.symbol);
        }
        return test;
    }

    private static String bare(Cursor cursor) {
        var bare = cursor.run(c -> !Character.isWhitespace(c) && ",]){}&|\"=<>!".indexOf(c) < 0);
        if (bare.isEmpty()) {
            throw cursor.invalid("a value expected");
        }
        return bare;
    }

    /** A text compared whole, but for an asterisk at its start, its end or both. */
    private static Predicate<String> glob(String text) {
        if (text.equals("*")) {
            return value -> true;
        }
        boolean open = text.startsWith("*");
        boolean closed = text.endsWith("*");
        var core = text.substring(open ? 1 : 0, text.length() - (closed ? 1 : 0));
        if (open && closed) {
            return value -> value.contains(core);
        }
        if (open) {
            return value -> value.endsWith(core);
        }
        return closed ? value -> value.startsWith(core) : value -> value.equals(core);
    }

    private static @Nullable BigDecimal numberOf(String text) {
        if (text.isEmpty() || text.length() > LONGEST_NUMBER) {
            return null;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    boolean acceptsText(String value) {
        return operator.comparesTexts() && text.test(value) == (operator == Operator.EQUAL);
    }

    boolean acceptsNumber(BigDecimal value, String spelt) {
        return number == null ? acceptsText(spelt) : operator.accepts.test(value.compareTo(number));
    }

    /** For a value that may be either, as spelt in the message. */
    boolean accepts(String value) {
        var valueAsNumber = numberOf(value);
        return valueAsNumber == null ? acceptsText(value) : acceptsNumber(valueAsNumber, value);
    }
}
