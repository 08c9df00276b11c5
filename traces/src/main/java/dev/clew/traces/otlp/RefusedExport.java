// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import dev.clew.traces.otlp.OtlpCounters.Refusal;

/** An export that is refused whole. Carries no stack trace: bad input is ordinary. */
final class RefusedExport extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal reason;

    RefusedExport(Refusal reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    Refusal reason() {
        return reason;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    /** The code of {@code google.rpc.Status} and of gRPC. */
    int code() {
        return switch (reason) {
            case MALFORMED, OVER_LIMIT -> 3;
            case DENIED -> 16;
            case TOO_LARGE -> 8;
            case NOT_SERVED -> 12;
            case STORE_FAILED -> 14;
        };
    }
}
