// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces;

import dev.clew.core.Check;
import java.time.Duration;

/**
 * What a trace may become, and how strictly documents are read. A limit of 0 is none; nothing stored is ever shortened.
 *
 * @param strictIds whether ids of entities must be hex
 * @param strictTraceIds whether the time in a trace id must lie within the last thirty days
 * @param modification how long after a trace's first document others are taken; {@code ZERO} for no limit
 * @param maxTraceBytes most bytes of one trace's documents; further ones are refused
 * @param segmentsPerSecond most documents per second that PutTraceSegments takes, all callers together
 * @param linkedTraces most traces that an answer shows one entity to be linked to
 * @param links most links that an answer shows of one trace
 */
public record TraceLimits(
        boolean strictIds,
        boolean strictTraceIds,
        Duration modification,
        long maxTraceBytes,
        int segmentsPerSecond,
        int linkedTraces,
        int links) {
    public static final TraceLimits DEFAULTS = new TraceLimits(false, false, Duration.ofDays(7), 0, 0, 20, 100);

    public TraceLimits {
        Check.inRange("traces.modification", modification, Duration.ZERO, Duration.ofDays(3_650));
        Check.inRange("traces.max-trace-bytes", maxTraceBytes, 0, 1L << 40);
        Check.inRange("traces.segments-per-second", segmentsPerSecond, 0, 10_000_000);
        Check.inRange("traces.linked-traces", linkedTraces, 0, 1_000_000);
        Check.inRange("traces.links", links, 0, 1_000_000);
    }

    /** The same with another ceiling to a trace's bytes. */
    public TraceLimits withMaxTraceBytes(long bytes) {
        return new TraceLimits(strictIds, strictTraceIds, modification, bytes, segmentsPerSecond, linkedTraces, links);
    }

    /** The same with ids read so strictly. */
    public TraceLimits withStrictness(boolean ids, boolean traceIds) {
        return new TraceLimits(ids, traceIds, modification, maxTraceBytes, segmentsPerSecond, linkedTraces, links);
    }

    /** The same with another time for late documents; {@code ZERO} for no limit. */
    public TraceLimits withModification(Duration time) {
        return new TraceLimits(strictIds, strictTraceIds, time, maxTraceBytes, segmentsPerSecond, linkedTraces, links);
    }

    /** The same with another rate of documents; 0 for no limit. */
    public TraceLimits withSegmentsPerSecond(int documents) {
        return new TraceLimits(strictIds, strictTraceIds, modification, maxTraceBytes, documents, linkedTraces, links);
    }
}
