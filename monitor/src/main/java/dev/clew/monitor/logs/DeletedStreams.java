// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import dev.clew.core.store.Store;
import dev.clew.core.store.Store.Entry;
import dev.clew.core.store.WriteBatch;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Streams that are gone while their events are still being removed. Events of a stream lie between those of its
 * neighbours, so removal takes time; a mark, written with the deletion, hides them at once and survives a crash.
 */
final class DeletedStreams {
    private static final String TABLE = "logs.deleted-streams";
    private static final int STEP = 64;

    private final Store store;
    private final Set<Long> ids = ConcurrentHashMap.newKeySet();

    DeletedStreams(Store store) {
        this.store = store;
        marks().forEach(mark -> ids.add(Mark.of(mark).streamId()));
    }

    private record Mark(long groupId, long streamId, long first, long last) {
        static Mark of(Entry entry) {
            var key = ByteBuffer.wrap(entry.key());
            var value = ByteBuffer.wrap(entry.value());
            return new Mark(key.getLong(), key.getLong(), value.getLong(), value.getLong());
        }

        byte[] key() {
            return pair(groupId, streamId);
        }

        byte[] value() {
            return pair(first, last);
        }

        private static byte[] pair(long left, long right) {
            return ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(left)
                    .putLong(right)
                    .array();
        }
    }

    private List<Entry> marks() {
        return store.scan(TABLE, new byte[0], null, Integer.MAX_VALUE);
    }

    boolean contains(long streamId) {
        return ids.contains(streamId);
    }

    /** Adds the mark to {@code batch}; run the result once it is committed. */
    Runnable stage(WriteBatch batch, Group group, Stream stream) {
        var first = stream.first();
        var last = stream.last();
        if (first == null || last == null) {
            return () -> {};
        }
        var mark = new Mark(group.id(), stream.id(), first, last);
        batch.put(TABLE, mark.key(), mark.value());
        return () -> ids.add(mark.streamId());
    }

    /** Removes the events of every marked stream, then the marks. May be called at any time, also twice at once. */
    void purge() {
        marks().stream().map(Mark::of).forEach(this::purge);
    }

    private void purge(Mark mark) {
        var from = Position.startOf(mark.first()).key(mark.groupId());
        var end = Position.startOf(mark.last() + 1).key(mark.groupId());
        while (true) {
            var page = store.scan(EventReader.TABLE, from, end, STEP);
            var batch = new WriteBatch();
            page.stream()
                    .filter(entry -> Event.decode(entry).streamId() == mark.streamId())
                    .forEach(entry -> batch.delete(EventReader.TABLE, entry.key()));
            store.commit(batch);
            if (page.size() < STEP) {
                break;
            }
            var last = page.getLast().key();
            from = Arrays.copyOf(last, last.length + 1);
        }
        store.commit(new WriteBatch().delete(TABLE, mark.key()));
        ids.remove(mark.streamId());
    }
}
