// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

/** How a fact is compared with a value. */
public enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">="),
    CONTAINS("CONTAINS"),
    BEGINS_WITH("BEGINSWITH"),
    ENDS_WITH("ENDSWITH");

    private final String text;

    Operator(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    boolean compares(Keyword.Kind kind) {
        return switch (this) {
            case EQUAL, NOT_EQUAL -> true;
            case LESS, AT_MOST, GREATER, AT_LEAST -> kind == Keyword.Kind.NUMBER;
            case CONTAINS, BEGINS_WITH, ENDS_WITH -> kind == Keyword.Kind.TEXT;
        };
    }

    /** For messages: the operators that {@link #compares} a kind. */
    static String all(Keyword.Kind kind) {
        return switch (kind) {
            case FLAG -> "=, !=";
            case NUMBER -> "=, !=, <, <=, >, >=";
            case TEXT -> "=, !=, CONTAINS, BEGINSWITH, ENDSWITH";
        };
    }

    boolean holds(double fact, double value) {
        return switch (this) {
            case EQUAL -> fact == value;
            case NOT_EQUAL -> fact != value;
            case LESS -> fact < value;
            case AT_MOST -> fact <= value;
            case GREATER -> fact > value;
            case AT_LEAST -> fact >= value;
            case CONTAINS, BEGINS_WITH, ENDS_WITH -> false;
        };
    }

    boolean holds(String fact, String value) {
        return switch (this) {
            case EQUAL -> fact.equals(value);
            case NOT_EQUAL -> !fact.equals(value);
            case CONTAINS -> fact.contains(value);
            case BEGINS_WITH -> fact.startsWith(value);
            case ENDS_WITH -> fact.endsWith(value);
            case LESS, AT_MOST, GREATER, AT_LEAST -> false;
        };
    }

    boolean holds(boolean fact, boolean value) {
        return switch (this) {
            case EQUAL -> fact == value;
            case NOT_EQUAL -> fact != value;
            case LESS, AT_MOST, GREATER, AT_LEAST, CONTAINS, BEGINS_WITH, ENDS_WITH -> false;
        };
    }
}
