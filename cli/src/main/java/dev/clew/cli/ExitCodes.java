// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli;

/** What the command's exit status means; documented in {@code clew --help}. */
public final class ExitCodes {
    public static final int OK = 0;
    /** The answer is no: nothing found, or something missing. */
    public static final int NEGATIVE = 1;
    /** The command line is wrong. */
    public static final int USAGE = 2;
    /** Nothing answers at the endpoint. */
    public static final int UNREACHABLE = 3;
    /** The server answered with an error, or something failed on this machine. */
    public static final int FAILED = 4;
    /** {@code run}: the command exists but cannot be executed. */
    public static final int NOT_EXECUTABLE = 126;
    /** {@code run}: there is no such command. */
    public static final int NOT_FOUND = 127;
    /** Ended by Ctrl-C. */
    public static final int INTERRUPTED = 130;

    private ExitCodes() {}
}
