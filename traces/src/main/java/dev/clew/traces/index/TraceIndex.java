// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.index;

import dev.clew.core.Scope;
import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.filter.Filter;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds traces by what their digests say. Safe for use by many threads, virtual ones too.
 *
 * <p>An index may answer more than was asked for, never less: whoever asks evaluates the filter on the digests. It is
 * derived, and may be lost at any time; {@link #identity} tells whether it still is what it was.
 */
public interface TraceIndex extends AutoCloseable {
    /** A trace as it is now. */
    record Entry(Scope scope, TraceDigest digest) {
        Place place() {
            return new Place(digest.indexTime(), digest.traceId());
        }
    }

    /**
     * Where a trace stands in the order of answers: newest first, then by id.
     *
     * @param time the digest's index time
     */
    record Place(long time, String traceId) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparingLong(Place::time).reversed().thenComparing(Place::traceId);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * What to look for.
     *
     * @param newest index time before which traces must lie
     * @param oldest least index time
     * @param after the place to begin after; null to begin with the newest
     * @param limit most places to answer
     */
    record Query(
            Scope scope,
            long newest,
            long oldest,
            Filter filter,
            @Nullable Place after,
            int limit) {}

    /**
     * Part of an answer.
     *
     * @param places of traces that may match, in order
     * @param next where to go on; null at the end
     */
    record Page(List<Place> places, @Nullable Place next) {
        public Page {
            places = List.copyOf(places);
        }
    }

    /**
     * Adds traces, or what they have become; they are found from now on. Waits while too many are not yet written.
     *
     * @param durable run once they would be there after a crash
     */
    void put(List<Entry> entries, Runnable durable);

    /** @throws IndexFailure if the index is damaged */
    Page find(Query query);

    /** What {@link #complete} was told before the process began; "" if it was not, or the index is new. */
    String identity();

    /** Forgets everything; the index is incomplete from now on. */
    void begin();

    /** Tells that the index holds all it should; durable with everything put so far when it returns. */
    void complete(String identity);

    /** Forgets traces with an index time before {@code time}. */
    void expire(long time);

    /** Makes everything durable and ends. */
    @Override
    void close();

    /** The index cannot answer; it has to be made again. */
    final class IndexFailure extends RuntimeException {
        IndexFailure(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
