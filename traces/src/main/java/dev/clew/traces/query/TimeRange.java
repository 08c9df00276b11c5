// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.query;

import dev.clew.traces.api.XrayErrors;
import dev.clew.traces.document.Micros;
import java.time.Duration;
import java.time.Instant;

/**
 * A checked time range of a query, in microseconds since the epoch.
 *
 * @param start inclusive
 * @param end exclusive
 */
public record TimeRange(long start, long end) {
    /** @throws dev.clew.wire.ServiceException if the range is empty or longer than {@code longest} */
    public static TimeRange of(Instant start, Instant end, Duration longest) {
        if (!start.isBefore(end)) {
            throw XrayErrors.invalidRequestException("StartTime: " + start + " (expected: before EndTime " + end + ")");
        }
        if (Duration.between(start, end).compareTo(longest) > 0) {
            throw XrayErrors.invalidRequestException(
                    "Time range cannot be longer than " + longest.toHours() + " hours");
        }
        return new TimeRange(Micros.of(start), Micros.of(end));
    }

    public boolean contains(long micros) {
        return micros >= start && micros < end;
    }

    /** Whether something from {@code first} to {@code last} was going on in the range. */
    public boolean overlaps(long first, long last) {
        return first < end && last >= start;
    }
}
