// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import dev.clew.core.store.Store;
import dev.clew.core.store.StoreException;
import dev.clew.core.store.WriteBatch;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store at whose commits the process may die, before or after they are durable, or which may refuse them. */
final class CrashingStore implements Store {
    /** The process is dead: nobody may catch this but the simulation. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("crash", null, false, false);
        }
    }

    /** What a commit runs into. */
    enum Fate {
        GOOD,
        CRASH_BEFORE,
        CRASH_AFTER,
        REFUSED
    }

    private final Store store;
    private final Supplier<Fate> fates;

    CrashingStore(Store store, Supplier<Fate> fates) {
        this.store = store;
        this.fates = fates;
    }

    @Override
    public void commit(WriteBatch batch) {
        var fate = fates.get();
        if (fate == Fate.REFUSED) {
            throw new StoreException("the disk is full");
        }
        if (fate == Fate.CRASH_BEFORE) {
            throw new Crash();
        }
        store.commit(batch);
        if (fate == Fate.CRASH_AFTER) {
            throw new Crash();
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
    public void drop(String table) {
        store.drop(table);
    }

    @Override
    public void close() {
        store.close();
    }
}
