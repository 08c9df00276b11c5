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
    private static final Set<String> FINAL_REFUSALS =
            Set.of("refused", "denied", "unmatched", "dead-lettered", "dropped");

    private Deliveries() {}

    static boolean isRecord(Entity entity) {
        return entity.subsegment() && !entity.facts().isEmpty();
    }

    /** The row that {@code record} deserves; nothing for a delivery that succeeded at once. */
    static Optional<Row> row(Entity record) {
        var facts = record.facts();
        var outcome = facts.getOrDefault("outcome", record.flags() == Outcome.OK ? "delivered" : "failed");
        var target = Kinds.shortName(facts.getOrDefault("target", record.name()));
        if (FINAL_REFUSALS.contains(outcome)) {
            return Optional.of(refusal(record, target, outcome));
        }
        var attempt = facts.getOrDefault("attempt", "1");
        boolean failed = record.flags() != Outcome.OK;
        if (!failed && attempt.equals("1")) {
            return Optional.empty();
        }
        var row = Row.of("attempt " + attempt + " → " + target, "retry", Row.Role.STEP, record, List.of());
        return Optional.of(row.withFacts(Map.of()));
    }

    private static Row refusal(Entity record, String target, String outcome) {
        var reason = record.facts().getOrDefault("reason", record.cause());
        var rule = record.facts().get("rule");
        var remark = outcome
                + (reason.isEmpty() ? "" : ": " + reason)
                + (rule == null || reason.contains(Kinds.shortName(rule))
                        ? ""
                        : " (rule " + Kinds.shortName(rule) + ")");
        return new Row(
                target,
                "",
                Row.Role.REFUSAL,
                Outcome.FAULT,
                record.start(),
                record.start(),
                record.start(),
                1,
                Map.of(),
                remark,
                List.of());
    }
}
