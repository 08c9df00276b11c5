// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.invoke;

/** What the status of an ended process means. */
final class ExitStatus {
    private static final int SIGNALS = 128;

    private ExitStatus() {}

    /** As the original words it: {@code exit status 7}, {@code signal: killed}. */
    static String describe(int status) {
        return switch (status - SIGNALS) {
            case 6 -> "signal: aborted";
            case 9 -> "signal: killed";
            case 11 -> "signal: segmentation fault";
            case 15 -> "signal: terminated";
            default -> "exit status " + status;
        };
    }
}
