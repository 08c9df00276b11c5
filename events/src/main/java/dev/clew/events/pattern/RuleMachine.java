// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.pattern;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import software.amazon.event.ruler.GenericMachine;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.MachineComplexityEvaluator;

/**
 * All patterns of a bus, compiled together so that the cost of a match does not grow with their number. Never changed once built: a bus
 * swaps it whole, so that matching waits for nobody and no event sees half a change. Safe for use by many threads.
 */
public final class RuleMachine {
    /** The machine of a bus without rules. */
    public static final RuleMachine EMPTY = of(Map.of());

    private final List<Part> parts;

    /**
     * One machine of the engine.
     *
     * @param kinds of the fields it knows
     */
    private record Part(GenericMachine<String> machine, Map<String, Branch.Kind> kinds) {
        static Part empty() {
            return new Part(Machine.builder().build(), new HashMap<>());
        }

        void add(String name, Branch branch) {
            machine.addPatternRule(name, branch.fields());
            kinds.putAll(branch.kinds());
        }
    }

    private RuleMachine(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** A machine that knows each pattern by its key. */
    public static RuleMachine of(Map<String, EventPattern> patterns) {
        var parts = new ArrayList<Part>();
        patterns.forEach((name, pattern) -> {
            for (var branch : pattern.branches()) {
                partFor(branch, parts).add(name, branch);
            }
        });
        return new RuleMachine(parts);
    }

    private static Part partFor(Branch branch, List<Part> parts) {
        for (var part : parts) {
            if (branch.fits(part.kinds)) {
                return part;
            }
        }
        var part = Part.empty();
        parts.add(part);
        return part;
    }

    /** The greatest number of wildcard prefixes that one value can keep alive at once. */
    int wildcardComplexity(MachineComplexityEvaluator evaluator) {
        return parts.stream()
                .mapToInt(part -> part.machine.evaluateComplexity(evaluator))
                .max()
                .orElse(0);
    }

    /**
     * Names of the patterns that {@code event} matches, in order.
     *
     * @param event a JSON object
     * @throws IllegalArgumentException if it is not one
     */
    public List<String> matching(String event) {
        var names = new TreeSet<String>();
        try {
            for (var part : parts) {
                names.addAll(part.machine.rulesForJSONEvent(event));
            }
        } catch (Exception problem) { // what the machine declares
            throw new IllegalArgumentException("not an event: " + problem.getMessage(), problem);
        }
        return List.copyOf(names);
    }
}
