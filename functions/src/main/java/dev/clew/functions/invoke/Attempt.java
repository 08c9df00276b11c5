// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.invoke;

import dev.clew.core.trace.SegmentId;
import dev.clew.functions.catalog.FunctionVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One try to run an invocation.
 *
 * @param invokedArn the ARN by which it was invoked, with qualifier if there was one
 * @param traced whose subsegments it becomes part of
 * @param parent the {@code AWS::Lambda} segment, or its attempt subsegment
 * @param reserved invocations of the function that may run at once; empty if it shares the account's
 */
@SuppressWarnings("ArrayRecordComponent") // payloads are large and never compared
public record Attempt(
        FunctionVersion version,
        String invokedArn,
        String requestId,
        byte[] payload,
        @Nullable String clientContext,
        TraceContext traced,
        SegmentId parent,
        OptionalInt reserved,
        Duration patience) {
    /** How a try ended. */
    public sealed interface Answer {
        /** The function answered. */
        record Success(byte[] payload) implements Answer {}

        /**
         * The function failed.
         *
         * @param payload for the caller
         * @param error for logs and traces
         */
        record Failure(byte[] payload, FunctionFault error) implements Answer {}

        /** There was no room for it. */
        record Throttled(String reason) implements Answer {}
    }

    /**
     * All that is known when the environment is ready again.
     *
     * @param start when the try began
     * @param end when all was over
     * @param functionSegment document of the {@code AWS::Lambda::Function} segment; null if nothing is recorded
     * @param log what the function and the platform logged, the last 4 KB
     */
    public record Report(
            Answer answer,
            Instant start,
            Instant end,
            @Nullable String functionSegment,
            String log) {}
}
