// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The chain of work and waiting that made a trace last as long as it did: walked back from its last end, each time to
 * whatever ended last before. Shortening anything else would not have shortened the whole.
 */
final class CriticalPath {
    private static final String WAIT = "wait";
    private static final String COLD_START = "cold start";
    /** A shorter wait is no news and belongs to the work around it. */
    private static final int NEWSWORTHY_PER_MILLE = 5;

    /** Names of steps in which no hop worked. */
    static final Set<String> IDLE = Set.of(WAIT, COLD_START);

    /**
     * A stretch of time.
     *
     * @param name the hop that worked, or one of {@link #IDLE}
     * @param micros how long
     */
    record Step(String name, long micros) {}

    private final List<Step> steps = new ArrayList<>();

    private CriticalPath() {}

    /** The steps of the tree that ends last, in order of time; consecutive ones of one name are joined. */
    static List<Step> of(List<Row> roots) {
        var path = new CriticalPath();
        roots.stream()
                .filter(root -> root.role() == Row.Role.HOP)
                .max(Comparator.comparingLong(Row::lastEnd))
                .ifPresent(root -> path.walk(root, root.lastEnd()));
        return joined(path.steps.reversed());
    }

    /** Adds, latest first, what {@code hop} and the hops below it did up to {@code until}. */
    private void walk(Row hop, long until) {
        long cursor = until;
        var next = hops(hop, false).stream()
                .sorted(Comparator.comparingLong((Call call) -> call.row.lastEnd())
                        .reversed())
                .toList();
        for (var call : next) {
            long end = Math.min(call.row.lastEnd(), cursor);
            boolean before =
                    call.row.lastEnd() <= cursor && call.row.asked() < cursor && call.row.asked() >= hop.start();
            if (!before) {
                continue;
            }
            add(hop.label(), cursor - end);
            walk(call.row, end);
            cursor = call.row.asked();
            var accepted = call.accepted;
            if (accepted < cursor && accepted >= hop.start()) {
                add(WAIT, cursor - accepted);
                cursor = accepted;
            }
        }
        long begin = Math.min(hop.start(), cursor);
        long ready = Math.clamp(initialized(hop), begin, cursor);
        add(hop.label(), cursor - ready);
        add(COLD_START, ready - begin);
        add(WAIT, begin - hop.asked());
    }

    /** When the environment that was started for {@code hop} was ready; the earliest time if none was. */
    private static long initialized(Row hop) {
        return hop.children().stream()
                .filter(child -> child.label().equals(StoryTeller.INITIALIZATION) && child.start() >= hop.asked())
                .mapToLong(Row::lastEnd)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    private void add(String name, long micros) {
        if (micros > 0) {
            steps.add(new Step(name, micros));
        }
    }

    /**
     * A hop below another.
     *
     * @param accepted when the bus between them had answered; later than any start if there is none
     */
    private record Call(Row row, long accepted) {}

    private static List<Call> hops(Row row, boolean viaBus) {
        var calls = new ArrayList<Call>();
        var end = row.end();
        long accepted = viaBus && end != null ? end : Long.MAX_VALUE;
        for (var child : row.children()) {
            if (child.role() == Row.Role.HOP) {
                calls.add(new Call(child, accepted));
            } else {
                calls.addAll(hops(child, child.role() == Row.Role.BUS));
            }
        }
        return calls;
    }

    private static List<Step> joined(List<Step> steps) {
        long total = steps.stream().mapToLong(Step::micros).sum();
        var joined = new ArrayList<Step>();
        for (var step : steps) {
            boolean brief = step.name.equals(WAIT) && step.micros * 1_000 < total * NEWSWORTHY_PER_MILLE;
            if (!joined.isEmpty() && (brief || joined.getLast().name.equals(step.name))) {
                var before = joined.removeLast();
                joined.add(new Step(before.name, before.micros + step.micros));
            } else {
                joined.add(step);
            }
        }
        return joined;
    }

    /**
     * {@code name} without what all names, if there are several, share at their end, so that {@code order-service-x1} and
     * {@code payment-service-x1} read as order and payment.
     */
    static String shortened(String name, List<String> names) {
        var parts = name.split("-");
        int shared = names.size() < 2 ? 0 : parts.length - 1;
        for (var other : names) {
            var others = other.split("-");
            int same = 0;
            while (same < Math.min(parts.length, others.length) - 1
                    && parts[parts.length - 1 - same].equals(others[others.length - 1 - same])) {
                same++;
            }
            shared = Math.min(shared, same);
        }
        return String.join("-", Arrays.copyOf(parts, parts.length - shared));
    }
}
