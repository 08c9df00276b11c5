// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.query;

import java.util.List;

/** The tree of an expression of metric math. */
sealed interface Expression {
    record Number(double value) implements Expression {}

    record Text(String value) implements Expression {}

    /** An id of a query, or a word such as {@code REPEAT}. */
    record Name(String name) implements Expression {}

    record Call(String function, List<Expression> arguments) implements Expression {}

    record Negation(Expression operand) implements Expression {}

    record Binary(Operator operator, Expression left, Expression right) implements Expression {}

    record Array(List<Expression> elements) implements Expression {}
}
