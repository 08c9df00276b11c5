// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import dev.clew.core.trace.SegmentId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway did downstream: the subsegment {@code Lambda} of the stage's segment.
 *
 * @param id of the subsegment, and Parent of what it caused
 * @param function name or ARN
 * @param status of the answer, or 0 if there was none
 * @param length of the answer's body in bytes
 * @param problem null if all went well
 */
record Hop(
        SegmentId id,
        String function,
        Instant start,
        Instant end,
        int status,
        long length,
        @Nullable Problem problem) {
    /**
     * Why it went wrong.
     *
     * @param id of the exception in the segment document
     * @param remote whether the other side said so
     */
    record Problem(SegmentId id, String type, String message, boolean remote) {}

    Duration latency() {
        return Duration.between(start, end);
    }
}
