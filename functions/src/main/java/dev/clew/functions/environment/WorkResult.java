// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.environment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How one invocation in an environment ended. */
@SuppressWarnings("ArrayRecordComponent") // payloads are large and never compared
public sealed interface WorkResult {
    /** When it ended. */
    Instant at();

    /** The handler answered. */
    record Success(byte[] payload, Instant at) implements WorkResult {}

    /**
     * The runtime reported an error.
     *
     * @param payload as reported: errorMessage, errorType, stackTrace
     * @param errorType of the header, or ""
     * @param cause JSON for the trace, as the runtime's client wrote it
     */
    record Failure(
            byte[] payload, String errorType, @Nullable String cause, Instant at) implements WorkResult {}

    /** The time ran out; the environment is ended. */
    record TimedOut(Instant at) implements WorkResult {}

    /** The process ended without an answer. */
    record Exited(int status, Instant at) implements WorkResult {}
}
