// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.doctor;

import dev.clew.cli.terminal.Ink;

/**
 * What one look at this machine found.
 *
 * @param subject what was looked for
 * @param detail what is there, or what is not
 * @param remedy how to get it; "" if nothing is needed
 */
record Finding(Verdict verdict, String subject, String detail, String remedy) {
    enum Verdict {
        OK("ok", "✓", Ink.OK),
        /** Something works without it. */
        ABSENT("absent", "–", Ink.DIM),
        /** The recipe does not run without it. */
        MISSING("missing", "✕", Ink.FAULT);

        private final String word;
        private final String sign;
        private final Ink ink;

        Verdict(String word, String sign, Ink ink) {
            this.word = word;
            this.sign = sign;
            this.ink = ink;
        }

        String word() {
            return word;
        }

        String sign() {
            return sign;
        }

        Ink ink() {
            return ink;
        }
    }

    static Finding ok(String subject, String detail) {
        return new Finding(Verdict.OK, subject, detail, "");
    }

    static Finding absent(String subject, String detail, String remedy) {
        return new Finding(Verdict.ABSENT, subject, detail, remedy);
    }

    static Finding missing(String subject, String detail, String remedy) {
        return new Finding(Verdict.MISSING, subject, detail, remedy);
    }
}
