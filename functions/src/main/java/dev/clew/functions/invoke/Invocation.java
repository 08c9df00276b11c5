// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.invoke;

import dev.clew.core.Scope;
import dev.clew.core.trace.TraceHeader;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A synchronous invocation.
 *
 * @param scope of the caller
 * @param function name, partial ARN or ARN, perhaps with a qualifier
 * @param requestId that the function sees
 * @param payload JSON; empty means {@code {}}
 * @param trace the caller's trace context, or null
 * @param patience how long to wait for an execution environment; null for the default
 * @param clientContext JSON, or null
 * @param caller null if a user invokes, whose rights were checked before
 */
@SuppressWarnings("ArrayRecordComponent") // payloads are large and never compared
public record Invocation(
        Scope scope,
        String function,
        String requestId,
        byte[] payload,
        @Nullable TraceHeader trace,
        @Nullable Duration patience,
        @Nullable String clientContext,
        @Nullable ServiceCaller caller) {}
