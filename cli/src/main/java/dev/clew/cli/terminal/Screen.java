// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.terminal;

import dev.clew.core.Check;

/**
 * Where text is drawn.
 *
 * @param width cells per line, 20 to 1000; no line is longer
 * @param colour whether inks show
 */
public record Screen(int width, boolean colour) {
    static final int MIN_WIDTH = 20;
    static final int MAX_WIDTH = 1_000;

    public Screen {
        Check.inRange("width", width, MIN_WIDTH, MAX_WIDTH);
    }

    /** An empty line that ends where this screen does. */
    public Line line() {
        return new Line(width);
    }

    /** One finished line of {@code text} in {@code ink}. */
    public String line(String text, Ink ink) {
        return show(line().add(text, ink));
    }

    /** {@code line} as it goes to the terminal. */
    public String show(Line line) {
        return line.text(colour);
    }

    /** {@code text} in {@code ink}, if this screen has colours; its length is not looked at. */
    public String paint(String text, Ink ink) {
        var clean = Cells.printable(text);
        return colour ? ink.paint(clean) : clean;
    }
}
