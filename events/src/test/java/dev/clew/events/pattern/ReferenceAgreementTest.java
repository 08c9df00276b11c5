// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.testkit.Seeds;
import java.util.HashMap;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import tools.jackson.databind.json.JsonMapper;

final class ReferenceAgreementTest {
    @ParameterizedTest
    @Seeds(
            value = 400,
            also = {1934, 2485, 2901, 4374})
    void compiledMachineAgreesWithTheReference(long seed) {
        var random = new RandomPatterns(new SplittableRandom(seed));
        var patterns = new HashMap<String, String>();
        for (int i = 0; i < 10; i++) {
            patterns.put("rule-" + i, random.pattern());
        }
        var compiled = new HashMap<String, EventPattern>();
        patterns.forEach((name, text) -> compiled.put(name, EventPattern.compile(text, PatternLimits.DEFAULTS)));
        var machine = RuleMachine.of(compiled);
        var json = JsonMapper.shared();
        for (int i = 0; i < 20; i++) {
            var event = random.event();
            // What "absent" means beneath an array is not documented: the engine looks only into the element that the
            // fields before it chose. Rules that ask for absence are compared on events without arrays.
            Predicate<String> comparable = name ->
                    !event.contains("[") || !patterns.getOrDefault(name, "").contains("\"exists\":false");
            var expected = patterns.entrySet().stream()
                    .filter(rule -> comparable.test(rule.getKey()))
                    .filter(rule -> ReferenceMatcher.matches(json.readTree(rule.getValue()), json.readTree(event)))
                    .map(rule -> rule.getKey())
                    .sorted()
                    .toList();
            var matching = machine.matching(event).stream().filter(comparable).toList();
            assertThat(matching).as("%s%n%s", event, patterns).isEqualTo(expected);
        }
    }
}
