// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.query;

import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.digest.TraceDigest.Visit;
import dev.clew.traces.store.TraceStore;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What a time range is compared with. */
enum TimeMatch {
    /** The time in the trace id. */
    TRACE_ID,
    /** Whatever happened in the trace. */
    EVENT,
    /** The ends of segments. */
    SERVICE;

    static TimeMatch of(@Nullable String type) {
        return switch (type) {
            case "Event" -> EVENT;
            case "Service" -> SERVICE;
            case null, default -> TRACE_ID; // also TimeRangeByStartTime, which older scripts send
        };
    }

    /** The digests that must be looked at. */
    TraceStore.Range candidates(TimeRange range, long lookback) {
        return this == TRACE_ID
                ? TraceStore.Range.indexed(range.start(), range.end())
                : TraceStore.Range.active(range.start(), range.end(), lookback);
    }

    boolean matches(TraceDigest digest, TimeRange range) {
        return switch (this) {
            case TRACE_ID -> true;
            case EVENT ->
                digest.visits().isEmpty()
                        ? range.overlaps(digest.start(), digest.lastEvent())
                        : digest.visits().stream()
                                .anyMatch(visit -> range.overlaps(visit.subtreeStart(), visit.subtreeEnd()));
            case SERVICE ->
                digest.visits().stream().anyMatch(visit -> !visit.inferred() && range.contains(visit.end()));
        };
    }

    /** The latest event in the range, for EVENT; in microseconds, or {@link TraceDigest#NONE}. */
    long matchedAt(TraceDigest digest, TimeRange range) {
        if (this != EVENT) {
            return TraceDigest.NONE;
        }
        return LongStream.concat(
                        LongStream.of(digest.start(), digest.lastEvent()),
                        digest.visits().stream().flatMapToLong(TimeMatch::events))
                .filter(range::contains)
                .max()
                .orElse(TraceDigest.NONE);
    }

    private static LongStream events(Visit visit) {
        return LongStream.of(visit.start(), visit.end(), visit.subtreeEnd());
    }
}
