// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The operators of the element {@code Condition}, without prefix and without {@code IfExists}. */
enum ConditionOperator {
    STRING_EQUALS("StringEquals", false, exact(String::equals)),
    STRING_NOT_EQUALS("StringNotEquals", true, exact(String::equals)),
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", false, exact(String::equalsIgnoreCase)),
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", true, exact(String::equalsIgnoreCase)),
    STRING_LIKE("StringLike", false, ConditionOperator::like),
    STRING_NOT_LIKE("StringNotLike", true, ConditionOperator::like),
    NUMERIC_EQUALS("NumericEquals", false, number(order -> order == 0)),
    NUMERIC_NOT_EQUALS("NumericNotEquals", true, number(order -> order == 0)),
    NUMERIC_LESS_THAN("NumericLessThan", false, number(order -> order < 0)),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", false, number(order -> order <= 0)),
    NUMERIC_GREATER_THAN("NumericGreaterThan", false, number(order -> order > 0)),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", false, number(order -> order >= 0)),
    DATE_EQUALS("DateEquals", false, date(order -> order == 0)),
    DATE_NOT_EQUALS("DateNotEquals", true, date(order -> order == 0)),
    DATE_LESS_THAN("DateLessThan", false, date(order -> order < 0)),
    DATE_LESS_THAN_EQUALS("DateLessThanEquals", false, date(order -> order <= 0)),
    DATE_GREATER_THAN("DateGreaterThan", false, date(order -> order > 0)),
    DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", false, date(order -> order >= 0)),
    BOOL("Bool", false, exact(String::equalsIgnoreCase)),
    BINARY_EQUALS("BinaryEquals", false, exact(String::equals)),
    IP_ADDRESS("IpAddress", false, exact(AddressRange::contains)),
    NOT_IP_ADDRESS("NotIpAddress", true, exact(AddressRange::contains)),
    ARN_EQUALS("ArnEquals", false, ConditionOperator::arn),
    ARN_LIKE("ArnLike", false, ConditionOperator::arn),
    ARN_NOT_EQUALS("ArnNotEquals", true, ConditionOperator::arn),
    ARN_NOT_LIKE("ArnNotLike", true, ConditionOperator::arn),
    /** Whether the key is missing; compares nothing. */
    NULL("Null", false, (expected, actual, context) -> false);

    private static final Map<String, ConditionOperator> BY_NAME = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(ConditionOperator::spelled, Function.identity()));

    private final String spelled;
    private final boolean negated;
    private final Comparison comparison;

    ConditionOperator(String spelled, boolean negated, Comparison comparison) {
        this.spelled = spelled;
        this.negated = negated;
        this.comparison = comparison;
    }

    static Optional<ConditionOperator> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    String spelled() {
        return spelled;
    }

    /** Whether it holds for values that none of the policy's values matches, and for a missing key. */
    boolean negated() {
        return negated;
    }

    /** Whether {@code actual} matches, before any negation. */
    boolean matches(Template expected, String actual, RequestContext context) {
        return comparison.matches(expected, actual, context);
    }

    @FunctionalInterface
    private interface Comparison {
        boolean matches(Template expected, String actual, RequestContext context);
    }

    /** A sign of {@link Comparable#compareTo}, request's value against policy's. */
    @FunctionalInterface
    private interface Order {
        boolean accepts(int order);
    }

    private static Comparison exact(BiPredicate<String, String> test) {
        return (expected, actual, context) ->
                expected.text(context).filter(text -> test.test(text, actual)).isPresent();
    }

    private static Comparison number(Order order) {
        return exact((expected, actual) ->
                Scalars.compareNumbers(actual, expected).filter(order::accepts).isPresent());
    }

    private static Comparison date(Order order) {
        return exact((expected, actual) ->
                Scalars.compareDates(actual, expected).filter(order::accepts).isPresent());
    }

    private static boolean like(Template expected, String actual, RequestContext context) {
        return expected.glob(context).filter(glob -> glob.matches(actual)).isPresent();
    }

    private static boolean arn(Template expected, String actual, RequestContext context) {
        return expected.arn(context).filter(arn -> arn.matchesArn(actual)).isPresent();
    }
}
