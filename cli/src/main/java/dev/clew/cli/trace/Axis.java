// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import dev.clew.cli.terminal.Bar;
import dev.clew.cli.terminal.Cells;
import dev.clew.cli.terminal.Numbers;

/**
 * The time axis: {@code cells} columns from {@code first} to {@code last}, microseconds since the epoch.
 */
record Axis(int cells, long first, long last) {
    private static final int CELLS_PER_TICK = 20;

    /** The bar of {@code row}; an open one reaches to the end. */
    String bar(Row row) {
        var end = row.end();
        return Bar.of(cells, at(row.asked()), at(row.start()), end == null ? 1 : at(end), end == null);
    }

    private double at(long micros) {
        return last == first ? (micros > first ? 1 : 0) : (double) (micros - first) / (last - first);
    }

    /** {@code 0}, round numbers, and the whole: the labels above the axis, each where it belongs. */
    String ticks() {
        long total = last - first;
        var end = Numbers.duration(total);
        if (cells < Cells.width(end) + 2) {
            return "";
        }
        var labels = new StringBuilder("0");
        boolean seconds = total >= 999_500;
        double unit = seconds ? 1e6 : total >= 1_000 ? 1e3 : 1;
        double whole = total / unit;
        double step = roundStep(whole / (cells / CELLS_PER_TICK + 1));
        int endColumn = cells - Cells.width(end);
        for (double tick = step; step > 0 && tick < whole; tick += step) {
            var label = plain(tick);
            int column = (int) Math.round(tick / whole * cells);
            if (column > labels.length() + 1 && column + label.length() + 1 < endColumn) {
                labels.repeat(' ', column - labels.length()).append(label);
            }
        }
        return labels.repeat(' ', endColumn - labels.length()).append(end).toString();
    }

    /** The nearest number with one significant digit. */
    private static double roundStep(double raw) {
        if (raw <= 0) {
            return 0;
        }
        double scale = Math.pow(10, Math.floor(Math.log10(raw)));
        return Math.max(1, Math.round(raw / scale)) * scale;
    }

    private static String plain(double tick) {
        var rounded = Math.round(tick * 1000) / 1000.0;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }
}
