// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a trace's story: one or several entities that a person thinks of as one piece of work.
 *
 * @param label what it is called
 * @param kind {@code stage}, {@code lambda}, {@code bus} and so on; "" for local work
 * @param role what it means for layout and the critical path
 * @param outcome the worst of its entities
 * @param asked when it was asked for, in microseconds since the epoch; equal to {@code start} if it began at once
 * @param start when work began
 * @param end when work ended; null while in progress
 * @param count how many repetitions this row stands for; 1 or more
 * @param facts {@code key=value} texts worth showing beside it
 * @param remark why it is not ok, or something odd about it; "" if nothing
 */
record Row(
        String label,
        String kind,
        Role role,
        Outcome outcome,
        long asked,
        long start,
        @Nullable Long end,
        int count,
        Map<String, String> facts,
        String remark,
        List<Row> children) {

    enum Role {
        /** A service of its own: it counts in the critical path. */
        HOP,
        /** An event bus between hops. */
        BUS,
        /** Work inside a hop. */
        STEP,
        /** A delivery that a policy refused, or that matched nothing: it took no time. */
        REFUSAL
    }

    Row {
        children = List.copyOf(children);
    }

    /** Work that began when it was asked for. */
    static Row of(String label, String kind, Role role, Entity entity, List<Row> children) {
        return new Row(
                label,
                kind,
                role,
                entity.outcome(),
                entity.start(),
                entity.start(),
                entity.end(),
                1,
                entity.annotations(),
                Remarks.of(entity),
                children);
    }

    Row withChildren(List<Row> others) {
        return new Row(label, kind, role, outcome, asked, start, end, count, facts, remark, others);
    }

    Row withFacts(Map<String, String> others) {
        return new Row(label, kind, role, outcome, asked, start, end, count, others, remark, children);
    }

    Row withRemark(String other) {
        return new Row(label, kind, role, outcome, asked, start, end, count, facts, other, children);
    }

    Row withOutcome(Outcome other) {
        return new Row(label, kind, role, other, asked, start, end, count, facts, remark, children);
    }

    Row withLabel(String other) {
        return new Row(other, kind, role, outcome, asked, start, end, count, facts, remark, children);
    }

    /** When this and everything it caused had ended; its start if nothing did. */
    long lastEnd() {
        long own = end == null ? start : end;
        return children.stream().mapToLong(Row::lastEnd).reduce(own, Math::max);
    }

    /** When this or anything it caused began. */
    long firstStart() {
        return children.stream().mapToLong(Row::firstStart).reduce(Math.min(asked, start), Math::min);
    }

    /** This and all below, in order of drawing. */
    List<Row> flatten() {
        var all = new ArrayList<Row>();
        all.add(this);
        children.forEach(child -> all.addAll(child.flatten()));
        return all;
    }
}
