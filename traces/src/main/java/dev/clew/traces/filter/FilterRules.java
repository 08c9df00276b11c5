// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import dev.clew.core.Check;

/**
 * Limits of filter expressions, and what the original does not document about their meaning.
 *
 * <p>Beyond these settings we hold: {@code !} binds closer than AND, AND closer than OR; NOT is the same as {@code !};
 * times compare as answers show them, in seconds with three decimals; a comparison with a fact that is missing is false,
 * also with {@code !=}; of several values (users, instances, annotations) one has to fit, also with {@code !=}; the list of
 * entities of a root cause is the one of all its services; {@code root} holds for segments of the entry point's node.
 *
 * @param maxLength most characters of an expression
 * @param maxSelectorLength most characters of an entity selector
 * @param maxDepth how deep parentheses and blocks may be nested
 * @param maxTerms most keywords and functions of one expression
 * @param ignoreCase whether texts are compared without regard to case
 * @param firstIndex what {@code index} says of the first element of a list
 * @param negatedAnnotationIsAbsent whether {@code !annotation.x} holds only if there is no such annotation; otherwise
 *     also if it is a false flag
 */
public record FilterRules(
        int maxLength,
        int maxSelectorLength,
        int maxDepth,
        int maxTerms,
        boolean ignoreCase,
        int firstIndex,
        boolean negatedAnnotationIsAbsent) {
    public static final FilterRules DEFAULTS = new FilterRules(2_000, 500, 32, 200, false, 0, true);

    public FilterRules {
        Check.inRange("filter.max-length", maxLength, 1, 100_000);
        Check.inRange("filter.max-selector-length", maxSelectorLength, 1, 100_000);
        Check.inRange("filter.max-depth", maxDepth, 1, 100);
        Check.inRange("filter.max-terms", maxTerms, 1, 10_000);
        Check.inRange("filter.first-index", firstIndex, 0, 1);
    }
}
