// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.terminal;

/** What a stretch of text means; the terminal's own palette decides how that looks on light and dark. */
public enum Ink {
    PLAIN(""),
    BOLD("1"),
    DIM("90"),
    OK("32"),
    ERROR("33"),
    THROTTLE("35"),
    FAULT("31"),
    PROGRESS("34"),
    NOTE("36");

    private final String code;

    Ink(String code) {
        this.code = code;
    }

    /** {@code text} in this ink: escape codes around it, or nothing for plain text. */
    String paint(String text) {
        return code.isEmpty() || text.isBlank() ? text : "\u001b[" + code + 'm' + text + "\u001b[0m";
    }
}
