// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.invoke;

import dev.clew.core.Scope;
import dev.clew.core.trace.TraceHeader;
import org.jspecify.annotations.Nullable;

/**
 * An asynchronous invocation.
 *
 * @param scope of the caller
 * @param function name, partial ARN or ARN, perhaps with a qualifier
 * @param requestId that the function sees at every try; a second invocation of the same id is not run again
 * @param payload JSON; empty means {@code {}}
 * @param trace the caller's trace context, or null
 * @param caller null if a user invokes, whose rights were checked before
 */
@SuppressWarnings("ArrayRecordComponent") // payloads are large and never compared
public record AsyncInvocation(
        Scope scope,
        String function,
        String requestId,
        byte[] payload,
        @Nullable TraceHeader trace,
        @Nullable ServiceCaller caller) {}
