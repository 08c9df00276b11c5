// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A rule: which events of its bus go to which targets.
 *
 * @param bus name of its bus
 * @param eventPattern verbatim as it was put
 * @param state {@code ENABLED}, {@code DISABLED}, or the service's third value, which means enabled here
 * @param targets in order of their ids
 */
public record Rule(
        String name,
        String bus,
        String eventPattern,
        String state,
        @Nullable String description,
        @Nullable String roleArn,
        List<Target> targets,
        Map<String, String> tags) {
    static final String ENABLED = "ENABLED";
    static final String DISABLED = "DISABLED";

    public Rule {
        targets = targets.stream().sorted(Comparator.comparing(Target::id)).toList();
        tags = Map.copyOf(tags);
    }

    public boolean enabled() {
        return !state.equals(DISABLED);
    }

    Rule withState(String other) {
        return new Rule(name, bus, eventPattern, other, description, roleArn, targets, tags);
    }

    Rule withTags(Map<String, String> all) {
        return new Rule(name, bus, eventPattern, state, description, roleArn, targets, all);
    }

    /** With {@code more}; each replaces the target of the same id. */
    Rule withTargets(Map<String, Target> more) {
        var kept = targets.stream().filter(target -> !more.containsKey(target.id()));
        return replacing(Stream.concat(kept, more.values().stream()).toList());
    }

    Rule withoutTargets(Set<String> ids) {
        return replacing(
                targets.stream().filter(target -> !ids.contains(target.id())).toList());
    }

    private Rule replacing(List<Target> others) {
        return new Rule(name, bus, eventPattern, state, description, roleArn, others, tags);
    }
}
