// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happened in one trace, ready to be drawn.
 *
 * @param rows the roots
 * @param first when it began, in microseconds since the epoch
 * @param last when its last known work ended; not before {@code first}
 * @param headline the annotation value that most of its parts share, such as an order's id; "" if none does
 * @param path which parts of the time were spent where
 */
record Story(Trace trace, List<Row> rows, long first, long last, String headline, List<CriticalPath.Step> path) {

    static Story of(Trace trace) {
        var told = StoryTeller.tell(trace);
        long first = told.stream().mapToLong(Story::start).min().orElse(0);
        long last = told.stream().mapToLong(Row::lastEnd).max().orElse(first);
        var rows = Repeats.collapse(FactsOnce.of(told));
        return new Story(trace, rows, first, Math.max(first, last), headline(trace), CriticalPath.of(told));
    }

    /** The first start, but for environments that were made ready before anybody asked. */
    private static long start(Row row) {
        long start = Math.min(row.asked(), row.start());
        for (var child : row.children()) {
            if (!child.label().equals(StoryTeller.INITIALIZATION)) {
                start = Math.min(start, start(child));
            }
        }
        return start;
    }

    /** The root's request and answer, if it was an HTTP exchange. */
    Optional<Entity> request() {
        return trace.documents().stream()
                .filter(document -> document.parentId() == null)
                .filter(document -> !document.http().url().isEmpty())
                .findFirst();
    }

    private static String headline(Trace trace) {
        var uses = new LinkedHashMap<Map.Entry<String, String>, Integer>();
        trace.documents().forEach(document -> count(document, uses));
        var best = uses.entrySet().stream()
                .filter(use -> use.getValue() > 1)
                .reduce((a, b) -> b.getValue() > a.getValue() ? b : a);
        return best.map(use -> use.getKey().getValue()).orElse("");
    }

    private static void count(Entity entity, Map<Map.Entry<String, String>, Integer> uses) {
        entity.annotations().forEach((key, value) -> uses.merge(Map.entry(key, value), 1, Integer::sum));
        entity.subsegments().forEach(child -> count(child, uses));
    }

    /** Each annotation where it appears first: the next services repeat what everybody knows by then. */
    private static final class FactsOnce {
        private final Map<String, String> seen = new HashMap<>();

        static List<Row> of(List<Row> rows) {
            var once = new FactsOnce();
            return rows.stream().map(row -> once.row(row, "")).toList();
        }

        private Row row(Row row, String hop) {
            var service = row.role() == Row.Role.HOP ? row.label() : hop;
            var kept = new LinkedHashMap<String, String>();
            row.facts().forEach((key, value) -> {
                boolean names = key.equals("service_name") && service.startsWith(value);
                if (!names && !value.equals(seen.put(key, value))) {
                    kept.put(key, value);
                }
            });
            var children = new ArrayList<Row>();
            row.children().forEach(child -> children.add(row(child, service)));
            return row.withFacts(kept).withChildren(children);
        }
    }
}
