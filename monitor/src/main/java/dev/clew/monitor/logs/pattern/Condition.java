// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs.pattern;

import java.util.function.Function;
import java.util.function.Predicate;

/** Conditions joined by {@code &&}, which binds tighter, {@code ||} and parentheses. */
final class Condition {
    private Condition() {}

    /** The condition that comes next; {@code leaf} reads one without connectives. */
    static <T> Predicate<T> parse(Cursor cursor, Function<Cursor, Predicate<T>> leaf) {
        var condition = conjunction(cursor, leaf);
        while (cursor.take("||")) {
            condition = condition.or(conjunction(cursor, leaf));
        }
        return condition;
    }

    private static <T> Predicate<T> conjunction(Cursor cursor, Function<Cursor, Predicate<T>> leaf) {
        var condition = operand(cursor, leaf);
        while (cursor.take("&&")) {
            condition = condition.and(operand(cursor, leaf));
        }
        return condition;
    }

    private static <T> Predicate<T> operand(Cursor cursor, Function<Cursor, Predicate<T>> leaf) {
        if (!cursor.take("(")) {
            return leaf.apply(cursor);
        }
        var condition = parse(cursor, leaf);
        cursor.expect(")");
        return condition;
    }
}
