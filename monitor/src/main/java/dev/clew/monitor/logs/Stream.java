// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import org.jspecify.annotations.Nullable;

/**
 * A log stream as stored. Times are epoch milliseconds.
 *
 * @param id distinguishes it from a deleted stream of the same name
 * @param first time of its oldest event, expired or not; null before there is one
 * @param last time of its newest event
 * @param ingested when its latest event arrived
 * @param bytes of all its events
 */
record Stream(
        String name,
        long id,
        long created,
        @Nullable Long first,
        @Nullable Long last,
        @Nullable Long ingested,
        long bytes) {
    static Stream empty(String name, long id, long created) {
        return new Stream(name, id, created, null, null, null, 0);
    }

    Stream withEvent(long time, long arrival, int size) {
        return new Stream(
                name,
                id,
                created,
                first == null ? time : Math.min(first, time),
                last == null ? time : Math.max(last, time),
                arrival,
                bytes + size);
    }

    Stream without(long expiredBytes) {
        return new Stream(name, id, created, first, last, ingested, Math.max(0, bytes - expiredBytes));
    }
}
