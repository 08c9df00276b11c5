// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import java.time.Instant;
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
 * @param eventPattern verbatim as it was put; null if it only fires by the clock
 * @param scheduleExpression verbatim as it was put; null if it only matches events
 * @param scheduled when the schedule was put, or its rule last enabled; null without one
 * @param state {@code ENABLED}, {@code DISABLED}, or the service's third value, which means enabled here
 * @param targets in order of their ids
 */
public record Rule(
        String name,
        String bus,
        @Nullable String eventPattern,
        @Nullable String scheduleExpression,
        @Nullable Instant scheduled,
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

    /** @param now from when its schedule counts if it has one, unless it was enabled already */
    Rule withState(String other, Instant now) {
        var begin = scheduleExpression == null || enabled() ? scheduled : now;
        return new Rule(name, bus, eventPattern, scheduleExpression, begin, other, description, roleArn, targets, tags);
    }

    Rule withTags(Map<String, String> all) {
        return new Rule(
                name, bus, eventPattern, scheduleExpression, scheduled, state, description, roleArn, targets, all);
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
        return new Rule(
                name, bus, eventPattern, scheduleExpression, scheduled, state, description, roleArn, others, tags);
    }
}
