// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs.pattern;

/** A filter pattern that cannot be read, or that costs too much to apply. The message is meant for its author. */
public final class InvalidPatternException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidPatternException(String message) {
        super(message, null, false, false);
    }

    public String message() {
        return String.valueOf(getMessage());
    }
}
