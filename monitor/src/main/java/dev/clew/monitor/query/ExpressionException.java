// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.query;

/** An expression cannot be read, or makes no sense. The message is for the caller. */
public final class ExpressionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExpressionException(String message) {
        super(message, null, false, false);
    }

    /** For the caller. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
