// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.event;

import dev.clew.cli.terminal.Ink;

/** Words, signs and inks of what became of events, deliveries and attempts. */
final class Outcomes {
    private Outcomes() {}

    /** Never colour alone: what went wrong has a sign. */
    static String signed(String outcome) {
        return switch (outcome) {
            case "delivered" -> "ok";
            case "failed", "letter-failed" -> "✕ " + outcome;
            case "dead-lettered", "refused", "dropped", "unmatched", "untargeted" -> "⊘ " + outcome;
            default -> outcome;
        };
    }

    static Ink ink(String outcome) {
        return switch (outcome) {
            case "delivered" -> Ink.OK;
            case "failed", "letter-failed", "refused", "dead-lettered", "dropped", "unmatched", "untargeted" ->
                Ink.FAULT;
            case "retried", "retrying", "letter-retried" -> Ink.ERROR;
            case "pending", "redriven" -> Ink.PROGRESS;
            default -> Ink.PLAIN;
        };
    }
}
