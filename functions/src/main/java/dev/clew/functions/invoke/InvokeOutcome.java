// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.invoke;

/** How a synchronous invocation ended. */
@SuppressWarnings("ArrayRecordComponent") // payloads are large and never compared
public sealed interface InvokeOutcome {
    /** The function answered. */
    record Succeeded(byte[] payload, String version) implements InvokeOutcome {}

    /**
     * The function failed, ran out of time, ended, or could not start.
     *
     * @param payload JSON with errorMessage and errorType
     * @param kind {@code Unhandled}
     */
    record FunctionError(byte[] payload, String kind, String version) implements InvokeOutcome {}

    /** The function's policy does not allow the caller; {@code reason} is for people. */
    record Refused(String reason) implements InvokeOutcome {}

    /** There is no such function, or it cannot be named so. */
    record NotFound(String message) implements InvokeOutcome {}

    /** Too much is going on; {@code reason} is one of the API's throttle reasons. */
    record Throttled(String reason) implements InvokeOutcome {}

    /** The payload exceeds the limit. */
    record TooLarge(String message) implements InvokeOutcome {}
}
