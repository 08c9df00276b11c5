// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import dev.clew.cli.terminal.Cells;
import java.util.List;

/**
 * Where the columns of a waterfall stand. Names get what they need up to half of the width, the time axis the rest; a
 * terminal too narrow for both loses the kinds first, then the axis.
 *
 * @param name cells of tree and label
 * @param kind cells of the kind; 0 if it is left out
 * @param axisStart the axis' first column
 * @param axis cells of the axis; 0 if it is left out
 */
record Columns(int name, int kind, int axisStart, int axis) {
    /** Sign, blank and {@code 1.24 ms}. */
    static final int DURATION = 10;

    private static final int KIND = 7;
    private static final int MIN_NAME = 16;
    private static final int MIN_AXIS = 12;
    private static final int GAP = 2;
    /** Wide terminals keep this for what stands beside bars that end late. */
    private static final int GUTTER = 26;

    private static final int WIDE = 110;

    static Columns of(int width, List<Row> rows) {
        int wanted = Math.max(MIN_NAME, widest(rows, 0));
        int kind = width >= 60 ? KIND : 0;
        int rest = width - kind - DURATION - GAP;
        boolean drawn = rest >= MIN_NAME + MIN_AXIS;
        int name = drawn ? Math.min(wanted, Math.max(MIN_NAME, rest * 63 / 100)) : Math.min(wanted, width - DURATION);
        int axisStart = name + kind + DURATION + GAP;
        int gutter = width >= WIDE && hasFacts(rows) ? GUTTER : 0;
        return new Columns(name, kind, axisStart, drawn ? width - axisStart - gutter : 0);
    }

    private static int widest(List<Row> rows, int depth) {
        int widest = 0;
        for (var row : rows) {
            widest = Math.max(widest, indent(depth) + Cells.width(label(row)) + 1);
            widest = Math.max(widest, widest(row.children(), depth + 1));
        }
        return widest;
    }

    private static boolean hasFacts(List<Row> rows) {
        return rows.stream()
                .flatMap(row -> row.flatten().stream())
                .anyMatch(row -> !row.facts().isEmpty());
    }

    /** Cells of the guides before a label. */
    static int indent(int depth) {
        return 2 * depth;
    }

    /** What stands in the name column. */
    static String label(Row row) {
        return row.count() > 1 ? row.label() + " ×" + row.count() : row.label();
    }
}
