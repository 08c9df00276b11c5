// SPDX-License-Identifier: Apache-2.0
package dev.clew.testkit;

import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A store that lives as long as its object: {@code reopen} by handing it to a second user. Safe for many threads. */
public final class MemoryStore implements Store {
    private final NavigableMap<String, NavigableMap<byte[], byte[]>> tables = new TreeMap<>();

    @Override
    public synchronized void commit(WriteBatch batch) {
        for (var change : batch.changes()) {
            switch (change) {
                case WriteBatch.Change.Put put ->
                    tables.computeIfAbsent(put.table(), name -> new TreeMap<>(Arrays::compareUnsigned))
                            .put(put.key(), put.value());
                case WriteBatch.Change.Delete delete -> table(delete.table()).remove(delete.key());
                case WriteBatch.Change.DeleteRange range ->
                    table(range.table()).subMap(range.from(), range.to()).clear();
            }
        }
    }

    @Override
    public synchronized byte @Nullable [] get(String table, byte[] key) {
        return table(table).get(key);
    }

    @Override
    public synchronized List<Entry> scan(String table, byte[] from, byte @Nullable [] to, int limit) {
        return first(range(table, from, to), limit);
    }

    @Override
    public synchronized List<Entry> scanBackward(String table, byte[] from, byte @Nullable [] to, int limit) {
        return first(range(table, from, to).descendingMap(), limit);
    }

    private NavigableMap<byte[], byte[]> range(String table, byte[] from, byte @Nullable [] to) {
        var tail = table(table).tailMap(from, true);
        if (to == null) {
            return tail;
        }
        return tail.headMap(Arrays.compareUnsigned(from, to) < 0 ? to : from, false);
    }

    private static List<Entry> first(NavigableMap<byte[], byte[]> range, int limit) {
        return range.entrySet().stream()
                .limit(limit)
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public synchronized @Nullable Entry last(String table) {
        var last = table(table).lastEntry();
        return last == null ? null : new Entry(last.getKey(), last.getValue());
    }

    @Override
    public synchronized Set<String> tables() {
        return Set.copyOf(tables.keySet());
    }

    @Override
    public synchronized void drop(String table) {
        tables.remove(table);
    }

    /** Does nothing, so that a test can go on with what was committed. */
    @Override
    public void close() {}

    private NavigableMap<byte[], byte[]> table(String name) {
        var table = tables.get(name);
        return table == null ? new TreeMap<>(Arrays::compareUnsigned) : table;
    }
}
