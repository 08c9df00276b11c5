// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces;

import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A process's view of a store: once it has died, nothing that its threads still do is written. */
final class MortalStore implements Store {
    private final Store store;
    private volatile boolean dead;

    MortalStore(Store store) {
        this.store = store;
    }

    void die() {
        dead = true;
    }

    @Override
    public void commit(WriteBatch batch) {
        if (!dead) {
            store.commit(batch);
        }
    }

    @Override
    public void drop(String table) {
        if (!dead) {
            store.drop(table);
        }
    }

    @Override
    public byte @Nullable [] get(String table, byte[] key) {
        return store.get(table, key);
    }

    @Override
    public List<Entry> scan(String table, byte[] from, byte @Nullable [] to, int limit) {
        return store.scan(table, from, to, limit);
    }

    @Override
    public List<Entry> scanBackward(String table, byte[] from, byte @Nullable [] to, int limit) {
        return store.scanBackward(table, from, to, limit);
    }

    @Override
    public @Nullable Entry last(String table) {
        return store.last(table);
    }

    @Override
    public Set<String> tables() {
        return store.tables();
    }

    @Override
    public void close() {}
}
