// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli;

import org.jspecify.annotations.Nullable;

/** Why a command cannot go on, for a person: one sentence what is wrong, one what to do. Carries no stack trace. */
public final class Problem extends RuntimeException {
    private final String remedy;
    private final int exitCode;

    /**
     * @param what one sentence
     * @param remedy one sentence
     * @param exitCode one of {@link ExitCodes}
     */
    public Problem(String what, String remedy, int exitCode) {
        this(what, remedy, exitCode, null);
    }

    /** As above, with the exception that shows where it came from. */
    public Problem(String what, String remedy, int exitCode, @Nullable Throwable cause) {
        super(what, cause, false, false);
        this.remedy = remedy;
        this.exitCode = exitCode;
    }

    public String what() {
        return String.valueOf(getMessage());
    }

    public String remedy() {
        return remedy;
    }

    public int exitCode() {
        return exitCode;
    }
}
