// SPDX-License-Identifier: Apache-2.0
package dev.clew.storage;

import dev.clew.core.Check;
import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import dev.clew.core.store.WriteBatch.Change;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store on the heap, gone with the process: {@link Durability#MEMORY}. A batch becomes visible as a whole. */
public final class HeapStore implements Store {
    private static final NavigableMap<byte[], byte[]> EMPTY = table();

    private final Map<String, NavigableMap<byte[], byte[]>> tables = new HashMap<>();
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    @Override
    public void commit(WriteBatch batch) {
        change(() -> batch.changes().forEach(this::apply));
    }

    private void apply(Change change) {
        switch (change) {
            case Change.Put put ->
                tables.computeIfAbsent(put.table(), name -> table()).put(put.key(), put.value());
            case Change.Delete delete -> find(delete.table()).remove(delete.key());
            case Change.DeleteRange range ->
                find(range.table()).subMap(range.from(), range.to()).clear();
        }
    }

    @Override
    public byte @Nullable [] get(String table, byte[] key) {
        return read(() -> find(table).get(key));
    }

    @Override
    public List<Entry> scan(String table, byte[] from, byte @Nullable [] to, int limit) {
        return read(() -> first(range(table, from, to), limit));
    }

    @Override
    public List<Entry> scanBackward(String table, byte[] from, byte @Nullable [] to, int limit) {
        return read(() -> first(range(table, from, to).descendingMap(), limit));
    }

    private NavigableMap<byte[], byte[]> range(String table, byte[] from, byte @Nullable [] to) {
        var tail = find(table).tailMap(from, true);
        if (to == null) {
            return tail;
        }
        return tail.headMap(Arrays.compareUnsigned(from, to) < 0 ? to : from, false);
    }

    private static List<Entry> first(NavigableMap<byte[], byte[]> range, int limit) {
        Check.inRange("limit", limit, 0, Integer.MAX_VALUE);
        return range.entrySet().stream()
                .limit(limit)
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public @Nullable Entry last(String table) {
        return read(() -> {
            var last = find(table).lastEntry();
            return last == null ? null : new Entry(last.getKey(), last.getValue());
        });
    }

    @Override
    public Set<String> tables() {
        return read(() -> Set.copyOf(tables.keySet()));
    }

    @Override
    public void drop(String table) {
        change(() -> tables.remove(table));
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            tables.clear();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void change(Runnable change) {
        lock.writeLock().lock();
        try {
            requireOpen();
            change.run();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private <T extends @Nullable Object> T read(Supplier<T> read) {
        lock.readLock().lock();
        try {
            requireOpen();
            return read.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
    }

    private NavigableMap<byte[], byte[]> find(String name) {
        return tables.getOrDefault(name, EMPTY);
    }

    private static NavigableMap<byte[], byte[]> table() {
        return new TreeMap<>(Arrays::compareUnsigned);
    }
}
