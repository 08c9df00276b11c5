// SPDX-License-Identifier: Apache-2.0
package dev.clew.core;

import dev.clew.core.trace.SegmentId;
import dev.clew.core.trace.TraceId;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** A source of fresh identifiers. Implementations are safe for use by many threads. */
public interface IdSource {
    /** A new trace id that carries the current epoch second, as the trace header requires. */
    TraceId nextTraceId();

    /** A new segment or subsegment id. */
    SegmentId nextSegmentId();

    /** A new random (version 4) UUID: request ids, revision ids. */
    UUID nextUuid();

    /**
     * A new UUID that begins with the milliseconds since the epoch (version 7, RFC 9562): whoever stores many under such
     * keys appends, instead of writing all over the place. The rest of it is random.
     */
    UUID nextOrderedUuid();

    /** {@code length} characters drawn from {@code alphabet}: resource ids, suffixes. */
    String nextText(String alphabet, int length);

    /**
     * Random ids whose trace ids carry the epoch second of {@code time}. Secrets must not come from here.
     *
     * @param random must be safe for use by many threads
     */
    static IdSource random(InstantSource time, RandomGenerator random) {
        return new RandomIds(time, random);
    }
}
