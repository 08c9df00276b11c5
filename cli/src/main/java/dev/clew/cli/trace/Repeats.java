// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Siblings that say the same many times become one row that says how many. */
final class Repeats {
    /** As many may stand side by side; more are one row. */
    private static final int FEW = 3;

    private record Likeness(String label, String kind, Row.Role role, Outcome outcome, String remark) {}

    private Repeats() {}

    static List<Row> collapse(List<Row> siblings) {
        var groups = new LinkedHashMap<Likeness, List<Row>>();
        for (var row : siblings) {
            var likeness = new Likeness(row.label(), row.kind(), row.role(), row.outcome(), row.remark());
            groups.computeIfAbsent(likeness, key -> new ArrayList<>()).add(row);
        }
        var kept = new ArrayList<Row>();
        var merged = new ArrayList<Likeness>();
        for (var row : siblings) {
            var likeness = new Likeness(row.label(), row.kind(), row.role(), row.outcome(), row.remark());
            var group = groups.getOrDefault(likeness, List.of());
            if (group.size() <= FEW) {
                kept.add(row.withChildren(collapse(row.children())));
            } else if (!merged.contains(likeness)) {
                merged.add(likeness);
                kept.add(merge(group));
            }
        }
        return kept;
    }

    private static Row merge(List<Row> group) {
        var first = group.getFirst();
        var children = group.stream().flatMap(row -> row.children().stream()).toList();
        return new Row(
                first.label(),
                first.kind(),
                first.role(),
                first.outcome(),
                group.stream().mapToLong(Row::asked).min().orElse(first.asked()),
                group.stream().mapToLong(Row::start).min().orElse(first.start()),
                lastEnd(group),
                group.stream().mapToInt(Row::count).sum(),
                Map.of(),
                first.remark(),
                collapse(children));
    }

    private static @Nullable Long lastEnd(List<Row> group) {
        long last = Long.MIN_VALUE;
        for (var row : group) {
            var end = row.end();
            if (end == null) {
                return null;
            }
            last = Math.max(last, end);
        }
        return last;
    }
}
