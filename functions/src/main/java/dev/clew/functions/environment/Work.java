// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.environment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One invocation as the runtime gets it.
 *
 * @param deadline what the function may compute its remaining time from
 * @param traceHeader text of {@code Lambda-Runtime-Trace-Id}
 * @param clientContext JSON, or null
 */
@SuppressWarnings("ArrayRecordComponent") // payloads are large and never compared
public record Work(
        String requestId,
        byte[] payload,
        String invokedFunctionArn,
        Instant deadline,
        String traceHeader,
        @Nullable String clientContext) {}
