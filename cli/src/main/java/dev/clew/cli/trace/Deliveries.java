// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The bus's own records of deliveries: subsegments of an {@code AWS::Events} segment with {@code clew.} members. A plain
 * delivery needs no row, because the function it reached has one.
 */
final class Deliveries {
    private static final Set<String> ENDED = Set.of("refused", "failed", "dead-lettered", "dropped");
    private static final String RETRIED = "retried";

    private Deliveries() {}

    static boolean isRecord(Entity entity) {
        return entity.subsegment() && !entity.facts().isEmpty();
    }

    /** The row that {@code record} deserves; nothing for a delivery that succeeded at once. */
    static Optional<Row> row(Entity record) {
        var facts = record.facts();
        var outcome = facts.getOrDefault("outcome", record.flags() == Outcome.OK ? "delivered" : "failed");
        var target = Kinds.shortName(facts.getOrDefault("target", record.name()));
        var attempt = facts.getOrDefault("attempt", "1");
        if (ENDED.contains(outcome)) {
            return Optional.of(refusal(record.start(), target, remark(record, outcome)));
        }
        if (outcome.equals(RETRIED)) {
            var row = Row.of(attemptOf(attempt, target), "retry", Row.Role.STEP, record, List.of());
            return Optional.of(row.withOutcome(Outcome.ERROR).withRemark(remark(record, "not delivered")));
        }
        return attempt.equals("1")
                ? Optional.empty()
                : Optional.of(Row.of(attemptOf(attempt, target), "retry", Row.Role.STEP, record, List.of()));
    }

    /** Events of {@code segment} that no rule wanted, or whose bus is not there, one row for each. */
    static List<Row> unmatched(Entity segment) {
        return segment.events().stream()
                .filter(event -> event.unmatched() || event.dropped())
                .map(event -> refusal(
                        segment.start(),
                        "event " + event.id(),
                        event.dropped()
                                ? "dropped: there is no bus " + Kinds.shortName(event.bus())
                                : "unmatched: no rule of bus " + Kinds.shortName(event.bus()) + " wants it"))
                .toList();
    }

    private static String attemptOf(String attempt, String target) {
        return "attempt " + attempt + " → " + target;
    }

    private static String remark(Entity record, String outcome) {
        var rule = Kinds.shortName(record.facts().getOrDefault("rule", ""));
        var reason = record.cause();
        return outcome
                + (reason.isEmpty() ? "" : ": " + reason)
                + (reason.contains(rule) ? "" : " (rule " + rule + ")");
    }

    private static Row refusal(long at, String subject, String remark) {
        return new Row(subject, "", Row.Role.REFUSAL, Outcome.FAULT, at, at, at, 1, Map.of(), remark, List.of());
    }
}
