// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import dev.clew.gateway.definition.ErrorType;
import java.util.Objects;

/**
 * An answer that the stage gives in place of the integration's.
 *
 * @param status unless the API customizes it
 * @param code the value of {@code x-amzn-ErrorType}
 * @param reached whether the integration was reached; such bodies have a blank more
 */
record Failure(ErrorType type, int status, String message, String code, boolean reached) {
    private static final String INTERNAL = "Internal server error";

    /** Before the integration is reached. */
    static Failure of(ErrorType type) {
        return of(type, Objects.requireNonNull(type.message()));
    }

    /** Before the integration is reached, with a message of its own. */
    static Failure of(ErrorType type, String message) {
        return new Failure(type, type.status(), message, type.code(), false);
    }

    /** The API or stage that was asked for does not exist, or is closed. */
    static Failure forbidden() {
        return new Failure(ErrorType.ACCESS_DENIED, 403, "Forbidden", "ForbiddenException", false);
    }

    /** The function could not be invoked. */
    static Failure configuration() {
        return ofIntegration(ErrorType.API_CONFIGURATION_ERROR, 500, INTERNAL);
    }

    /** The function failed, or what it returned is no answer. */
    static Failure badAnswer() {
        return ofIntegration(ErrorType.DEFAULT_5XX, 502, INTERNAL);
    }

    static Failure timeout() {
        var type = ErrorType.INTEGRATION_TIMEOUT;
        return ofIntegration(type, type.status(), Objects.requireNonNull(type.message()));
    }

    private static Failure ofIntegration(ErrorType type, int status, String message) {
        return new Failure(type, status, message, ErrorType.INTEGRATION_FAILURE.code(), true);
    }
}
