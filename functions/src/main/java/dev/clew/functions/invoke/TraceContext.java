// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.invoke;

import dev.clew.core.trace.SegmentId;
import dev.clew.core.trace.TraceHeader;
import dev.clew.core.trace.TraceHeader.Sampled;
import dev.clew.core.trace.TraceId;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about the trace of one invocation.
 *
 * @param root the trace
 * @param parent segment or subsegment that caused the invocation; null at the root of a trace
 * @param recorded whether the invocation leaves segments
 * @param sampled what the function is told, even where nothing is recorded
 * @param rest of the incoming header, handed on verbatim
 * @param segment id of the {@code AWS::Lambda} segment, if recorded
 * @param rule the sampling rule that decided here; null if the caller did, or no rule
 */
public record TraceContext(
        TraceId root,
        @Nullable SegmentId parent,
        boolean recorded,
        boolean sampled,
        String rest,
        SegmentId segment,
        @Nullable String rule) {
    /** The header for the function's runtime: its own subsegments hang under {@code invocation}, if recorded. */
    public TraceHeader forRuntime(SegmentId invocation) {
        var under = recorded || parent == null ? invocation : parent;
        return new TraceHeader(root, under, sampled ? Sampled.YES : Sampled.NO, rest);
    }
}
