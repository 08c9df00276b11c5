// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.events.Cases;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The documented meaning of every operator, and the reference matcher's reading of it. */
final class MatchingTest {
    static Stream<Arguments> cases() {
        return Cases.of(MatchingTest.class, "matching.txt");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void followsTheDocumentation(String expected, String pattern, String event) {
        var machine = RuleMachine.of(Map.of("rule", EventPattern.compile(pattern, PatternLimits.DEFAULTS)));
        assertThat(machine.matching(event)).isEqualTo(expected.equals("yes") ? List.of("rule") : List.of());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isReadTheSameWayByTheReference(String expected, String pattern, String event) {
        var json = JsonMapper.shared();
        assertThat(ReferenceMatcher.matches(json.readTree(pattern), json.readTree(event)))
                .isEqualTo(expected.equals("yes"));
    }

    @Test
    void namesAllMatchingRulesInOrder() {
        var exact = EventPattern.compile("{\"source\":[\"a\"]}", PatternLimits.DEFAULTS);
        var prefix = EventPattern.compile("{\"source\":[{\"prefix\":\"\"}]}", PatternLimits.DEFAULTS);
        var machine = RuleMachine.of(Map.of("z", exact, "b", prefix, "m", exact));
        assertThat(machine.matching("{\"source\":\"a\"}")).containsExactly("b", "m", "z");
        assertThat(machine.matching("{\"source\":\"q\"}")).containsExactly("b");
    }

    /** What the engine gets wrong when one of its machines holds both: see {@link Branch}. */
    @Test
    void aWildcardDoesNotWidenARuleThatIgnoresCase() {
        var patterns = Map.of(
                "wildcard", EventPattern.compile("{\"a\":[{\"wildcard\":\"*x\"}]}", PatternLimits.DEFAULTS),
                "ignoring-case",
                        EventPattern.compile("{\"a\":[{\"equals-ignore-case\":\"ab\"}]}", PatternLimits.DEFAULTS),
                "both-in-a-field",
                        EventPattern.compile(
                                "{\"a\":[{\"equals-ignore-case\":\"ab\"},{\"wildcard\":\"*y\"}]}",
                                PatternLimits.DEFAULTS),
                "both",
                        EventPattern.compile(
                                "{\"a\":[{\"prefix\":{\"equals-ignore-case\":\"ab\"}}],\"b\":[{\"wildcard\":\"*\"}]}",
                                PatternLimits.DEFAULTS));
        var machine = RuleMachine.of(patterns);
        assertThat(machine.matching("{\"a\":\"xab\",\"b\":\"z\"}")).isEmpty();
        assertThat(machine.matching("{\"a\":\"AB\",\"b\":\"z\"}"))
                .containsExactly("both", "both-in-a-field", "ignoring-case");
        assertThat(machine.matching("{\"a\":\"y\"}")).containsExactly("both-in-a-field");
    }

    /** The engine misses the exact string when one machine holds all three rules, in some orders. */
    @Test
    void aNumericRangeDoesNotHideAnExactString() {
        var limits = PatternLimits.DEFAULTS;
        var machine = RuleMachine.of(Map.of(
                "exact", EventPattern.compile("{\"b\":[\"1\"]}", limits),
                "range", EventPattern.compile("{\"b\":[{\"numeric\":[\"<\",1.0]},\"y\"]}", limits),
                "other", EventPattern.compile("{\"c\":[\"q\"],\"b\":[\"abc\"]}", limits)));
        assertThat(machine.matching("{\"b\":\"1\",\"c\":\"x\"}")).containsExactly("exact");
    }

    @Test
    void aBusWithoutRulesMatchesNothing() {
        assertThat(RuleMachine.EMPTY.matching("{\"source\":\"a\"}")).isEmpty();
    }
}
