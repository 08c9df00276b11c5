// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.terminal;

/**
 * A stretch of time on an axis of cells. Right edges are exact to an eighth of a cell; left edges know only full, half and
 * an eighth, because Unicode has no other right-aligned blocks.
 */
public final class Bar {
    private static final String LEFT_EIGHTHS = " ▏▎▍▌▋▊▉█";
    private static final char FULL = '█';
    private static final char RIGHT_HALF = '▐';
    private static final char RIGHT_EIGHTH = '▕';
    private static final char WAIT = '░';
    private static final char MOVING_EDGE = '▷';

    private Bar() {}

    /**
     * The cells of a bar on an axis {@code cells} wide: blanks, {@code ░} from {@code wait} to {@code start}, work from
     * {@code start} to {@code end}. Positions are fractions of the axis, clamped to it; {@code wait == start} means
     * none. However short, a bar shows. No blanks follow it.
     *
     * @param open whether it still runs, so that its end is a moving edge
     */
    public static String of(int cells, double wait, double start, double end, boolean open) {
        double from = clamp(Math.min(wait, start)) * cells;
        double work = clamp(start) * cells;
        double until = Math.max(clamp(end) * cells, work);
        int first = Math.min((int) work, cells - 1);
        int last = Math.min((int) Math.ceil(until) - 1, cells - 1);
        var bar = new StringBuilder(cells);
        if (last <= first) {
            bar.append(single(work - first, until - first));
        } else {
            bar.append(leftEdge(work - first));
            bar.repeat(FULL, last - first - 1);
            bar.append(rightEdge(until - last));
        }
        if (open) {
            bar.setCharAt(bar.length() - 1, MOVING_EDGE);
        }
        int waiting = first - Math.min((int) Math.round(from), first);
        return " ".repeat(first - waiting) + String.valueOf(WAIT).repeat(waiting) + bar;
    }

    private static char single(double from, double until) {
        if (from >= 0.75) {
            return RIGHT_EIGHTH;
        }
        if (from >= 0.4) {
            return until - from > 0.3 ? RIGHT_HALF : RIGHT_EIGHTH;
        }
        return rightEdge(until - from);
    }

    private static char leftEdge(double from) {
        return from < 0.25 ? FULL : from < 0.75 ? RIGHT_HALF : RIGHT_EIGHTH;
    }

    private static char rightEdge(double until) {
        return LEFT_EIGHTHS.charAt((int) Math.clamp(Math.round(until * 8), 1, 8));
    }

    private static double clamp(double fraction) {
        return Double.isNaN(fraction) ? 0 : Math.clamp(fraction, 0.0, 1.0);
    }
}
