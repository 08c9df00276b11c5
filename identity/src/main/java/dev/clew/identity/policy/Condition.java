// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One key of one operator in the element {@code Condition}.
 *
 * @param ifExists whether it also holds for a request that lacks the key
 * @param key as the policy spells it
 */
record Condition(
        Quantifier quantifier, ConditionOperator operator, boolean ifExists, String key, List<Template> values) {
    Condition {
        values = List.copyOf(values);
    }

    /** Which of a key's several values must match. */
    enum Quantifier {
        /** No prefix: some value; for a negated operator, every value. */
        PLAIN(""),
        EVERY("ForAllValues:"),
        SOME("ForAnyValue:");

        private final String prefix;

        Quantifier(String prefix) {
            this.prefix = prefix;
        }

        String prefix() {
            return prefix;
        }
    }

    /** Nothing if it holds; otherwise why not, for people. */
    Optional<String> miss(RequestContext context) {
        var actual = context.values(key);
        if (operator == ConditionOperator.NULL) {
            return nullMiss(actual.isEmpty());
        }
        if (actual.isEmpty()) {
            return holdsForMissingKey()
                    ? Optional.empty()
                    : Optional.of("condition " + this + " finds no " + key + " in the request");
        }
        boolean all = quantifier == Quantifier.EVERY || quantifier == Quantifier.PLAIN && operator.negated();
        boolean holds = all
                ? actual.stream().allMatch(value -> accepts(value, context))
                : actual.stream().anyMatch(value -> accepts(value, context));
        return holds
                ? Optional.empty()
                : Optional.of("condition " + this + (operator.negated() ? " excludes " : " does not match ")
                        + String.join(", ", actual));
    }

    private Optional<String> nullMiss(boolean missing) {
        boolean holds = values.stream()
                .map(Template::toString)
                .anyMatch(value -> missing ? value.equalsIgnoreCase("true") : value.equalsIgnoreCase("false"));
        return holds
                ? Optional.empty()
                : Optional.of("condition " + this + " finds " + (missing ? "no " : "a ") + key + " in the request");
    }

    private boolean holdsForMissingKey() {
        return switch (quantifier) {
            case PLAIN -> ifExists || operator.negated();
            case EVERY -> true;
            case SOME -> ifExists;
        };
    }

    private boolean accepts(String actual, RequestContext context) {
        boolean matches = values.stream().anyMatch(expected -> operator.matches(expected, actual, context));
        return matches != operator.negated();
    }

    /** {@code ArnLike aws:SourceArn arn:aws:events:…}. */
    @Override
    public String toString() {
        return quantifier.prefix()
                + operator.spelled()
                + (ifExists ? "IfExists " : " ")
                + key
                + ' '
                + values.stream().map(Template::toString).collect(Collectors.joining(" or "));
    }
}
