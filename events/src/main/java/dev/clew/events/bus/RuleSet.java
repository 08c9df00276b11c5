// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import dev.clew.events.pattern.EventPattern;
import dev.clew.events.pattern.RuleMachine;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rules of a bus at one moment, compiled. Never changed; safe for use by many threads. */
public final class RuleSet {
    /** A bus without rules. */
    static final RuleSet EMPTY = new RuleSet(Map.of(), Map.of(), RuleMachine.EMPTY);

    private final Map<String, Rule> rules;
    private final Map<String, EventPattern> patterns;
    private final RuleMachine machine;

    private RuleSet(Map<String, Rule> rules, Map<String, EventPattern> patterns, RuleMachine machine) {
        this.rules = rules;
        this.patterns = patterns;
        this.machine = machine;
    }

    /** {@code rules}, compiling only what this set has not compiled yet. */
    RuleSet with(Collection<Rule> rules) {
        var byName = rules.stream().collect(Collectors.toUnmodifiableMap(Rule::name, Function.identity()));
        var compiled = new HashMap<String, EventPattern>();
        for (var rule : rules) {
            var pattern = rule.eventPattern();
            if (rule.enabled() && pattern != null) {
                var known = patterns.get(rule.name());
                compiled.put(
                        rule.name(),
                        known != null && known.text().equals(pattern) ? known : EventPattern.accepted(pattern));
            }
        }
        // Patterns compare by identity: unless one changed, neither did what the machine answers.
        var same = compiled.equals(patterns);
        return new RuleSet(byName, Map.copyOf(compiled), same ? machine : RuleMachine.of(compiled));
    }

    /** The rule called {@code name}. */
    public Optional<Rule> rule(String name) {
        return Optional.ofNullable(rules.get(name));
    }

    /** All rules, in order of their names. */
    public List<Rule> rules() {
        return rules.values().stream().sorted(Comparator.comparing(Rule::name)).toList();
    }

    /** The enabled rules, whatever they match. */
    public List<Rule> enabled() {
        return rules.values().stream().filter(Rule::enabled).toList();
    }

    /** The enabled rules that {@code event} matches, in order of their names. */
    public List<Rule> matching(String event) {
        return machine.matching(event).stream()
                .map(name -> Objects.requireNonNull(rules.get(name)))
                .toList();
    }
}
