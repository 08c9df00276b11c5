// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.document;

import dev.clew.core.trace.TraceId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One accepted document: its bytes as they came, and its topmost entity.
 *
 * @param subsegment whether it is an independent subsegment rather than a segment
 * @param platform whether the platform's own hops wrote it: then its {@code inferred} mark is kept
 * @param json UTF-8; never changed after construction
 * @param span what is stored in place of {@code json}, if it was made of a span that is not stored yet; else null
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes as received are the record of truth; compared by sameAs only
public record SegmentDocument(
        TraceId traceId, Entity entity, boolean subsegment, boolean platform, byte[] json, byte @Nullable [] span) {
    public SegmentDocument(TraceId traceId, Entity entity, boolean subsegment, boolean platform, byte[] json) {
        this(traceId, entity, subsegment, platform, json, null);
    }

    /** The same document as one that was made of {@code stored}. */
    public SegmentDocument ofSpan(byte[] stored) {
        return new SegmentDocument(traceId, entity, subsegment, platform, json, stored);
    }

    /** The same document, now that it is stored. */
    public SegmentDocument stored() {
        return span == null ? this : new SegmentDocument(traceId, entity, subsegment, platform, json);
    }

    public String id() {
        return entity.id();
    }

    public boolean inProgress() {
        return entity.inProgress();
    }

    /** Whether the other document says the same, byte for byte. */
    public boolean sameAs(SegmentDocument other) {
        return subsegment == other.subsegment && platform == other.platform && Arrays.equals(json, other.json);
    }
}
