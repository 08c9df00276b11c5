// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.environment;

/** An environment cannot be started at all: its runtime is not available here. The message says what to do. */
public final class CannotStartException extends Exception {
    private static final long serialVersionUID = 1L;

    CannotStartException(String message) {
        super(message);
    }

    CannotStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
