// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** One line under construction: stretches of inked text that together never exceed a limit of cells. */
public final class Line {
    private record Stretch(String text, Ink ink) {}

    private final int limit;
    private final List<Stretch> stretches = new ArrayList<>();
    private int width;

    Line(int limit) {
        this.limit = limit;
    }

    /** Appends {@code text}, cut with an ellipsis where the line ends. Control characters are replaced. */
    public Line add(String text, Ink ink) {
        var cut = Cells.fit(text, limit - width);
        if (!cut.isEmpty()) {
            stretches.add(new Stretch(cut, ink));
            width += Cells.width(cut);
        }
        return this;
    }

    public Line add(String text) {
        return add(text, Ink.PLAIN);
    }

    /** Appends {@code text}, cut with an ellipsis to at most {@code cells}. */
    public Line addWithin(int cells, String text, Ink ink) {
        return add(Cells.fit(text, cells), ink);
    }

    /** Blanks up to {@code column}; nothing if the line is there already. */
    public Line pad(int column) {
        int blanks = Math.min(column, limit) - width;
        return blanks > 0 ? add(" ".repeat(blanks)) : this;
    }

    /** Appends {@code text} so that it ends before {@code column}. */
    public Line addRight(int column, String text, Ink ink) {
        return pad(column - Cells.width(text)).add(text, ink);
    }

    /** Cells used so far. */
    public int width() {
        return width;
    }

    /** Cells still free. */
    public int room() {
        return limit - width;
    }

    String text(boolean colour) {
        var text = new StringBuilder();
        for (var stretch : trimmed()) {
            text.append(colour ? stretch.ink.paint(stretch.text) : stretch.text);
        }
        return text.toString();
    }

    /** Without the blanks at the end, which would only make copied text ugly. */
    private List<Stretch> trimmed() {
        var kept = new ArrayList<>(stretches);
        while (!kept.isEmpty()) {
            var last = kept.removeLast();
            var stripped = last.text.stripTrailing();
            if (!stripped.isEmpty()) {
                kept.add(new Stretch(stripped, last.ink));
                break;
            }
        }
        return kept;
    }
}
