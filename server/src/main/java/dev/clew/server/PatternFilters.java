// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.events.pattern.EventPattern;
import dev.clew.events.pattern.PatternLimits;
import dev.clew.events.pattern.RuleMachine;
import dev.clew.functions.source.RecordFilters;
import dev.clew.wire.ServiceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Filters of event source mappings are event patterns. */
final class PatternFilters implements RecordFilters {
    private final PatternLimits limits;

    PatternFilters(PatternLimits limits) {
        this.limits = limits;
    }

    @Override
    public Predicate<String> compile(List<String> patterns) {
        Map<String, EventPattern> named = new HashMap<>();
        try {
            patterns.forEach(pattern -> named.put(pattern, EventPattern.compile(pattern, limits)));
        } catch (ServiceException e) {
            throw new IllegalArgumentException(e.message(), e);
        }
        var machine = RuleMachine.of(named);
        return message -> !machine.matching(message).isEmpty();
    }
}
