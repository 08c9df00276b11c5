// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.query;

/** An operator between two numbers; comparisons and logic give 1 or 0. */
enum Operator {
    OR,
    AND,
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    PLUS,
    MINUS,
    TIMES,
    DIVIDED_BY,
    TO_THE_POWER;

    double apply(double left, double right) {
        return switch (this) {
            case OR -> truth(left != 0 || right != 0);
            case AND -> truth(left != 0 && right != 0);
            case EQUAL -> truth(left == right);
            case NOT_EQUAL -> truth(left != right);
            case LESS -> truth(left < right);
            case LESS_OR_EQUAL -> truth(left <= right);
            case GREATER -> truth(left > right);
            case GREATER_OR_EQUAL -> truth(left >= right);
            case PLUS -> left + right;
            case MINUS -> left - right;
            case TIMES -> left * right;
            case DIVIDED_BY -> left / right;
            case TO_THE_POWER -> Math.pow(left, right);
        };
    }

    private static double truth(boolean holds) {
        return holds ? 1 : 0;
    }
}
