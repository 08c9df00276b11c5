// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import dev.clew.core.Scope;
import dev.clew.core.trace.TraceHeader;
import java.time.Duration;

/**
 * Invokes functions for the gateway, synchronously, as the service principal {@code apigateway.amazonaws.com}.
 * Implemented by whoever runs the functions; safe for use by many threads.
 */
@FunctionalInterface
public interface FunctionInvoker {
    /** Invokes a function and waits for its result, but no longer than the request's patience. Does not throw. */
    Outcome invoke(Request request);

    /**
     * One invocation.
     *
     * @param scope account and region of the API
     * @param function name or ARN, maybe with version or alias
     * @param payload the event, JSON
     * @param trace context for the function; its parent is the gateway's own {@code Lambda} subsegment if that is
     *     recorded
     * @param sourceArn method on whose behalf, for the function's policy
     * @param patience how long the gateway waits
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Request(
            Scope scope, String function, byte[] payload, TraceHeader trace, String sourceArn, Duration patience) {}

    /** How an invocation ended. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    sealed interface Outcome {
        /** The function returned {@code payload}. */
        record Succeeded(byte[] payload) implements Outcome {}

        /** The function failed; {@code payload} is its error document. */
        record FunctionError(byte[] payload, String errorType) implements Outcome {}

        /** The function's policy does not allow it; {@code reason} is for people. */
        record Refused(String reason) implements Outcome {}

        /** There is no such function, version or alias. */
        record NotFound() implements Outcome {}

        /** All of the function's concurrency is in use. */
        record Throttled() implements Outcome {}

        /** The patience ended first. */
        record TimedOut() implements Outcome {}

        /** The function could not be run; {@code reason} is for people. */
        record Failed(String reason) implements Outcome {}
    }
}
