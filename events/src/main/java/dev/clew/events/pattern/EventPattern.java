// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.pattern;

import dev.clew.events.api.EventsErrors;
import dev.clew.wire.ServiceException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.MachineComplexityEvaluator;

/** A valid event pattern, ready to match. Immutable; safe for use by many threads. */
public final class EventPattern {
    private static final String INVALID = "Event pattern is not valid. Reason: ";
    private static final String TOO_COMPLEX = "Rule is too complex - try using fewer wildcard characters or fewer"
            + " repeating character sequences after a wildcard character";

    private final String text;
    private final List<Branch> branches;

    private EventPattern(String text, List<Branch> branches) {
        this.text = text;
        this.branches = branches;
    }

    /**
     * The pattern that {@code text} spells.
     *
     * @throws ServiceException {@code InvalidEventPatternException} that says why, and where, it is not valid or costs
     *     more than {@code limits} allow
     */
    public static EventPattern compile(String text, PatternLimits limits) {
        if (OrCombinations.exceed(text, limits.maxCombinations())) {
            throw invalid("Rule is too complex - the branches of $or combine to more than " + limits.maxCombinations());
        }
        var pattern = new EventPattern(text, branches(text));
        if (text.contains("wildcard") && pattern.wildcardComplexity(limits) > limits.maxWildcardComplexity()) {
            throw invalid(TOO_COMPLEX);
        }
        return pattern;
    }

    /** A pattern that was checked when its rule was put, whatever the limits are today. */
    public static EventPattern accepted(String text) {
        return new EventPattern(text, branches(text));
    }

    private static List<Branch> branches(String text) {
        try {
            return Branch.of(JsonRuleCompiler.compile(text));
        } catch (IOException | RuntimeException problem) { // the compiler's own words, with line and column if it knows
            throw invalid(String.valueOf(problem.getMessage()));
        }
    }

    private static ServiceException invalid(String reason) {
        return EventsErrors.invalidEventPatternException(INVALID + reason);
    }

    private int wildcardComplexity(PatternLimits limits) {
        var evaluator = new MachineComplexityEvaluator(limits.maxWildcardComplexity() + 1);
        return RuleMachine.of(Map.of("", this)).wildcardComplexity(evaluator);
    }

    List<Branch> branches() {
        return branches;
    }

    /** The pattern verbatim. */
    public String text() {
        return text;
    }
}
