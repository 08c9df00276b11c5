// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.story;

import dev.clew.events.pattern.EventPattern;
import dev.clew.events.pattern.RuleMachine;
import dev.clew.events.story.EventStory.Miss;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A rule's pattern taken apart: one clause for each field, and one for each {@code $or}. Each is asked of the engine that matches
 * events, as a pattern of its own, so that this can never explain what the bus did not do.
 */
final class Clauses {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String OR = "$or";
    private static final int LONGEST = 200;

    private final String rule;
    private final String pattern;
    private final boolean enabled;
    private final List<Clause> clauses = new ArrayList<>();

    /**
     * One clause.
     *
     * @param fields from the top down to where it stands
     */
    private record Clause(List<String> fields, JsonNode condition) {
        String path() {
            return String.join(".", fields.getLast().equals(OR) ? fields.subList(0, fields.size() - 1) : fields);
        }

        String pattern() {
            var top = JSON.createObjectNode();
            ObjectNode object = top;
            for (var field : fields.subList(0, fields.size() - 1)) {
                object = object.putObject(field);
            }
            object.set(fields.getLast(), condition);
            return top.toString();
        }
    }

    Clauses(String rule, String pattern, boolean enabled) {
        this.rule = rule;
        this.pattern = pattern;
        this.enabled = enabled;
    }

    /** Why the rule does not take {@code event}. */
    Miss compare(String event) {
        if (pattern.isEmpty()) {
            return new Miss(rule, "it has a schedule and no pattern", null, null, null, 0, 0);
        }
        collect(JSON.readTree(pattern), List.of());
        int held = 0;
        Clause failed = null;
        for (var clause : clauses) {
            if (matches(clause.pattern(), event)) {
                held++;
            } else if (failed == null) {
                failed = clause;
            }
        }
        if (failed != null) {
            var saw = Sight.of(event).at(failed.path(), failed.condition());
            var path = failed.path().isEmpty() ? OR : failed.path();
            var expected = brief(failed.condition().toString());
            return new Miss(
                    rule,
                    (enabled ? "" : "it is disabled, and ") + path + " expects " + expected + ", the event has " + saw,
                    path,
                    expected,
                    saw,
                    held,
                    clauses.size());
        }
        return new Miss(rule, together(event), null, null, null, held, clauses.size());
    }

    private String together(String event) {
        if (!matches(pattern, event)) {
            return "each clause matches, but not within the same element of an array";
        }
        return enabled
                ? "it matches now: it was put, changed or enabled after the event came"
                : "it is disabled; its pattern matches";
    }

    private void collect(JsonNode object, List<String> above) {
        for (var field : object.properties()) {
            var fields = new ArrayList<>(above);
            fields.add(field.getKey());
            if (field.getValue().isObject()) {
                collect(field.getValue(), fields);
            } else {
                clauses.add(new Clause(List.copyOf(fields), field.getValue()));
            }
        }
    }

    private static boolean matches(String pattern, String event) {
        return !RuleMachine.of(Map.of("", EventPattern.accepted(pattern)))
                .matching(event)
                .isEmpty();
    }

    static String brief(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + '…';
    }
}
