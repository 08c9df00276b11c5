// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A log group as stored.
 *
 * @param id distinguishes it from a deleted group of the same name
 * @param created epoch milliseconds
 * @param retentionDays null to keep events for ever
 */
record Group(
        String name,
        long id,
        long created,
        @Nullable Integer retentionDays,
        String groupClass,
        Map<String, String> tags) {
    static final String STANDARD = "STANDARD";

    Group {
        tags = Map.copyOf(tags);
    }

    Group withRetention(@Nullable Integer days) {
        return new Group(name, id, created, days, groupClass, tags);
    }

    Group withTags(Map<String, String> replaced) {
        return new Group(name, id, created, retentionDays, groupClass, replaced);
    }

    /** The time, in epoch milliseconds, before which events have expired. */
    long horizon(Instant now) {
        return retentionDays == null
                ? 0
                : Math.max(0, now.minus(Duration.ofDays(retentionDays)).toEpochMilli());
    }
}
