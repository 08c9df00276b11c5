// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import dev.clew.cli.terminal.Ink;

/** How a piece of work ended, worst last. The sign says it again for those who see no colours. */
public enum Outcome {
    OK("ok", " ", Ink.OK),
    IN_PROGRESS("in progress", "▸", Ink.PROGRESS),
    ERROR("error", "!", Ink.ERROR),
    THROTTLE("throttle", "≈", Ink.THROTTLE),
    FAULT("fault", "✕", Ink.FAULT);

    private final String word;
    private final String sign;
    private final Ink ink;

    Outcome(String word, String sign, Ink ink) {
        this.word = word;
        this.sign = sign;
        this.ink = ink;
    }

    public String word() {
        return word;
    }

    public String sign() {
        return sign;
    }

    public Ink ink() {
        return ink;
    }

    Outcome or(Outcome other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
