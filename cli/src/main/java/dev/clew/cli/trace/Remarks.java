// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import dev.clew.cli.terminal.Numbers;
import java.util.List;

/** What is said about rows that did not go well, each thing once and where it is known best. */
final class Remarks {
    /** Clocks of one machine agree within this; a child that starts earlier than this shows another clock. */
    private static final long CLOCK_TOLERANCE_MICROS = 1_000;

    private Remarks() {}

    /** Why {@code entity} is not ok; "" if it is. */
    static String of(Entity entity) {
        var outcome = entity.outcome();
        if (outcome == Outcome.OK) {
            return "";
        }
        if (!entity.cause().isEmpty()) {
            return outcome.word() + ": " + entity.cause();
        }
        return entity.status() >= 400 ? outcome.word() + ' ' + entity.status() : outcome.word();
    }

    /**
     * {@code rows} without the remarks that a row below makes better: a fault travels up through every caller, and is
     * told where it happened.
     */
    static List<Row> told(List<Row> rows) {
        return rows.stream().map(Remarks::told).toList();
    }

    private static Row told(Row row) {
        var told = row.withChildren(told(row.children()));
        var below = told.children().stream()
                .flatMap(child -> child.flatten().stream())
                .filter(other -> other.outcome() != Outcome.OK && other.role() != Row.Role.REFUSAL)
                .toList();
        boolean general = row.remark().indexOf(':') < 0;
        boolean repeated = general
                ? below.stream().anyMatch(other -> other.outcome() == row.outcome())
                : below.stream().anyMatch(other -> other.remark().equals(row.remark()));
        return repeated && row.outcome() != Outcome.OK ? told.withRemark("") : told;
    }

    /** {@code rows} of which those that seem to start before their cause say so. */
    static List<Row> withSkew(List<Row> rows) {
        return rows.stream()
                .map(row -> row.withChildren(withSkew(row.children().stream()
                        .map(child -> skewed(row, child) ? remarkSkew(row, child) : child)
                        .toList())))
                .toList();
    }

    private static boolean skewed(Row parent, Row child) {
        return child.remark().isEmpty()
                && !child.label().equals(StoryTeller.INITIALIZATION)
                && child.asked() < parent.asked() - CLOCK_TOLERANCE_MICROS;
    }

    private static Row remarkSkew(Row parent, Row child) {
        return child.withRemark(
                "starts " + Numbers.duration(parent.asked() - child.asked()) + " before its cause: clocks differ");
    }
}
