// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.store;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.clew.core.Scope;
import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import dev.clew.core.trace.TraceId;
import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.document.Status;
import dev.clew.traces.index.TraceIndex;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * The digests, newest trace first. Safe for use by many threads.
 *
 * <p>A key is {@code account/region/}, the index time counted backwards, the trace id; so a time range is one scan. Time
 * ranges are dropped by range: unlike the documents' slices, index times come from senders, and a table per time that a
 * sender names would let it make tables at will. A digest whose index time is not the one in its trace id is found by id
 * through a second table.
 */
final class DigestTables {
    static final String DIGESTS = "summaries";
    static final String PLACES = "summary-places";

    private static final CBORMapper CBOR = mapper();
    private static final int TIME_BYTES = Long.BYTES;
    private static final int ID_BYTES = 35;
    private static final int HEAD_BYTES = 2 * Long.BYTES;
    private static final int PAGE = 500;

    /** Records as arrays: the names of their members would be half of what is written. */
    private static CBORMapper mapper() {
        var array = JsonFormat.Value.forShape(JsonFormat.Shape.ARRAY);
        var builder = CBORMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .withConfigOverride(TraceDigest.class, digest -> digest.setFormat(array))
                .withConfigOverride(Status.class, status -> status.setFormat(array));
        for (var part : TraceDigest.class.getDeclaredClasses()) {
            builder.withConfigOverride(part, record -> record.setFormat(array));
        }
        return builder.build();
    }

    private final Store store;

    DigestTables(Store store) {
        this.store = store;
    }

    Optional<TraceDigest> find(TraceKey trace) {
        var value = store.get(DIGESTS, key(trace, place(trace)));
        return value == null ? Optional.empty() : Optional.of(decode(value));
    }

    /** Adds what makes {@code digest} the trace's only one. */
    void stage(WriteBatch batch, TraceKey trace, TraceDigest digest, @Nullable TraceDigest previous) {
        if (previous != null && previous.indexTime() != digest.indexTime()) {
            batch.delete(DIGESTS, key(trace, previous.indexTime()));
        }
        if (digest.indexTime() != idTime(trace)) {
            batch.put(
                    PLACES,
                    trace.bytes(),
                    ByteBuffer.allocate(TIME_BYTES).putLong(digest.indexTime()).array());
        } else if (previous != null && previous.indexTime() != digest.indexTime()) {
            batch.delete(PLACES, trace.bytes());
        }
        batch.put(DIGESTS, key(trace, digest.indexTime()), encode(digest));
    }

    /** Where the trace's digest is, if there is one. */
    private long place(TraceKey trace) {
        var place = store.get(PLACES, trace.bytes());
        return place == null ? idTime(trace) : ByteBuffer.wrap(place).getLong();
    }

    private static long idTime(TraceKey trace) {
        return trace.id().epochSecond() * 1_000_000;
    }

    /**
     * Digests from newest to oldest.
     *
     * @param newest index time before which they must lie
     * @param oldest least index time
     * @param after key of a digest to begin after, or null
     */
    Page scan(Scope scope, long newest, long oldest, byte @Nullable [] after, Range activity, int limit) {
        byte[] from = after == null ? timeKey(scope, newest - 1) : Arrays.copyOf(after, after.length + 1);
        byte[] to = timeKey(scope, oldest - 1);
        var digests = new ArrayList<Found>();
        int scanned = 0;
        while (scanned < limit) {
            int size = Math.min(PAGE, limit - scanned);
            var page = store.scan(DIGESTS, from, to, size);
            for (var entry : page) {
                scanned++;
                if (activity.overlaps(entry.value())) {
                    digests.add(new Found(entry.key(), decode(entry.value())));
                }
            }
            if (page.size() < size) {
                return new Page(digests, scanned, null);
            }
            from = Arrays.copyOf(page.getLast().key(), page.getLast().key().length + 1);
        }
        return new Page(digests, scanned, Arrays.copyOf(from, from.length - 1));
    }

    /** The digest of a trace with this index time. */
    Optional<TraceDigest> find(Scope scope, TraceIndex.Place place) {
        var value = store.get(DIGESTS, key(new TraceKey(scope, new TraceId(place.traceId())), place.time()));
        return value == null ? Optional.empty() : Optional.of(decode(value));
    }

    /** The key of a digest: the position from which a scan goes on after it. */
    static byte[] position(Scope scope, TraceDigest digest) {
        return key(new TraceKey(scope, new TraceId(digest.traceId())), digest.indexTime());
    }

    /** The same for a place in the index. */
    static byte[] position(Scope scope, TraceIndex.Place place) {
        return key(new TraceKey(scope, new TraceId(place.traceId())), place.time());
    }

    /** The place in the index that a position means. */
    static TraceIndex.Place place(byte[] position) {
        int id = position.length - ID_BYTES;
        long time = Long.MAX_VALUE - ByteBuffer.wrap(position).getLong(id - TIME_BYTES);
        return new TraceIndex.Place(time, new String(position, id, ID_BYTES, StandardCharsets.US_ASCII));
    }

    /**
     * Part of all digests.
     *
     * @param next where to go on; null at the end
     */
    @SuppressWarnings("ArrayRecordComponent") // a position, never compared
    record All(List<TraceIndex.Entry> entries, byte @Nullable [] next) {}

    /** Digests of every account and region. */
    All all(byte[] from, int limit) {
        var page = store.scan(DIGESTS, from, null, limit);
        var entries = page.stream()
                .map(entry -> new TraceIndex.Entry(scope(entry.key()), decode(entry.value())))
                .toList();
        return new All(
                entries,
                page.size() < limit
                        ? null
                        : Arrays.copyOf(page.getLast().key(), page.getLast().key().length + 1));
    }

    private static Scope scope(byte[] key) {
        var parts = new String(key, StandardCharsets.ISO_8859_1).split("/", 3);
        return new Scope(parts[0], parts[1]);
    }

    /** How many traces have an index time before {@code newest} and not before {@code oldest}; at most {@code most}. */
    int count(Scope scope, long newest, long oldest, int most) {
        byte[] from = timeKey(scope, newest - 1);
        byte[] to = timeKey(scope, oldest - 1);
        int count = 0;
        while (count < most) {
            var page = store.scan(DIGESTS, from, to, Math.min(PAGE, most - count));
            count += page.size();
            if (page.size() < PAGE) {
                break;
            }
            from = Arrays.copyOf(page.getLast().key(), page.getLast().key().length + 1);
        }
        return count;
    }

    /**
     * What traces must have been active in.
     *
     * @param start microseconds, inclusive
     * @param end microseconds, exclusive
     */
    record Range(long start, long end) {
        private boolean overlaps(byte[] value) {
            var head = ByteBuffer.wrap(value, 0, HEAD_BYTES);
            long first = head.getLong();
            long last = head.getLong();
            return first < end && last >= start;
        }
    }

    /** A digest and its key, from which a later scan can go on. */
    @SuppressWarnings("ArrayRecordComponent") // a position, never compared
    record Found(byte[] key, TraceDigest digest) {}

    /**
     * Part of a scan.
     *
     * @param scanned how many digests were looked at
     * @param last key looked at last; null if the range was scanned to its end
     */
    @SuppressWarnings("ArrayRecordComponent") // a position, never compared
    record Page(List<Found> found, int scanned, byte @Nullable [] last) {}

    /** Removes the digests of traces from before {@code cutoff}, in microseconds. */
    void expire(long cutoff) {
        var batch = new WriteBatch();
        byte[] from = {};
        for (var scope = firstScope(from); scope != null; scope = firstScope(from)) {
            var end = prefix(scope);
            end[end.length - 1]++;
            batch.deleteRange(DIGESTS, timeKey(scope, cutoff - 1), end);
            from = end;
        }
        expirePlaces(batch, cutoff);
        if (!batch.isEmpty()) {
            store.commit(batch);
        }
    }

    private @Nullable Scope firstScope(byte[] from) {
        var first = store.scan(DIGESTS, from, null, 1);
        if (first.isEmpty()) {
            return null;
        }
        return scope(first.getFirst().key());
    }

    private void expirePlaces(WriteBatch batch, long cutoff) {
        byte[] from = {};
        while (true) {
            var page = store.scan(PLACES, from, null, PAGE);
            for (var entry : page) {
                if (ByteBuffer.wrap(entry.value()).getLong() < cutoff) {
                    batch.delete(PLACES, entry.key());
                }
            }
            if (page.size() < PAGE) {
                return;
            }
            from = Arrays.copyOf(page.getLast().key(), page.getLast().key().length + 1);
        }
    }

    void clear() {
        for (var table : List.of(DIGESTS, PLACES)) {
            if (store.tables().contains(table)) {
                store.drop(table);
            }
        }
    }

    private static byte[] prefix(Scope scope) {
        return (scope.key() + '/').getBytes(StandardCharsets.UTF_8);
    }

    /** The key of the newest trace at {@code micros}: times count backwards, so that scans go from new to old. */
    private static byte[] timeKey(Scope scope, long micros) {
        var prefix = prefix(scope);
        return ByteBuffer.allocate(prefix.length + TIME_BYTES)
                .put(prefix)
                .putLong(Long.MAX_VALUE - Math.max(0, micros))
                .array();
    }

    private static byte[] key(TraceKey trace, long indexTime) {
        var time = timeKey(trace.scope(), indexTime);
        var id = trace.id().text().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(time.length + id.length).put(time).put(id).array();
    }

    /** The activity stands in front, so that scans can pass over a digest without decoding it. */
    private static byte[] encode(TraceDigest digest) {
        var body = CBOR.writeValueAsBytes(digest);
        return ByteBuffer.allocate(HEAD_BYTES + body.length)
                .putLong(digest.start())
                .putLong(digest.lastEvent())
                .put(body)
                .array();
    }

    private static TraceDigest decode(byte[] value) {
        return CBOR.readValue(value, HEAD_BYTES, value.length - HEAD_BYTES, TraceDigest.class);
    }
}
