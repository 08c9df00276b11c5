// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.environment;

import java.time.Instant;

/** How the start of an environment ended. */
@SuppressWarnings("ArrayRecordComponent") // payloads are large and never compared
public sealed interface InitResult {
    /** When it ended. */
    Instant at();

    /** The runtime asks for work. */
    record Ready(Instant at) implements InitResult {}

    /** The runtime reported that the function cannot be loaded. */
    record Failed(byte[] payload, String errorType, Instant at) implements InitResult {}

    /** The process ended before it was ready. */
    record Exited(int status, Instant at) implements InitResult {}

    /** It is still starting. */
    record StillStarting(Instant at) implements InitResult {}
}
