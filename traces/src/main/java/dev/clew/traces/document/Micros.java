// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.document;

import java.time.Duration;
import java.time.Instant;

/** Microseconds since the epoch, the precision of segment documents, and the other forms of time on the wire. */
public final class Micros {
    private static final long PER_SECOND = 1_000_000;

    private Micros() {}

    public static long of(Instant instant) {
        return instant.getEpochSecond() * PER_SECOND + instant.getNano() / 1_000;
    }

    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * 1_000L);
    }

    public static long duration(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    /** A duration in seconds, rounded to milliseconds as every answer has it. */
    public static double seconds(long micros) {
        return Math.round(micros / 1_000.0) / 1_000.0;
    }
}
