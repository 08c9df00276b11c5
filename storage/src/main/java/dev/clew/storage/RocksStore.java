// SPDX-License-Identifier: Apache-2.0
package dev.clew.storage;

import dev.clew.core.Check;
import dev.clew.core.store.Store;
import dev.clew.core.store.StoreException;
import dev.clew.core.store.WriteBatch;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The embedded durable store: RocksDB, one column family per table.
 *
 * <p>Virtual threads may call it: native code runs on a few platform threads (see {@link Committer} and {@link
 * Readers}). After the process ends, however it ends, every batch whose commit had returned is there whole, and any
 * other whole or not at all; with {@link Durability#FSYNC} the same holds for a loss of power. Opening needs no repair.
 */
public final class RocksStore implements Store {
    private final Database database;
    private final Committer committer;
    private final Readers readers;

    private RocksStore(Database database, RocksSettings settings) {
        this.database = database;
        this.committer = Committer.start(database, settings);
        this.readers = new Readers(settings.readerThreads(), settings.waitingReads());
    }

    /** {@link #open(Path, Durability, RocksSettings)} with the default settings. */
    public static RocksStore open(Path folder, Durability durability) {
        return open(folder, durability, RocksSettings.DEFAULTS);
    }

    /**
     * @param folder made if it is missing; only one store at a time may use it
     * @param durability {@link Durability#FSYNC} or {@link Durability#OS}
     * @throws StoreException if the folder cannot be used, or another process uses it
     */
    public static RocksStore open(Path folder, Durability durability, RocksSettings settings) {
        Check.argument(durability != Durability.MEMORY, "durability: MEMORY (expected: FSYNC or OS)");
        return new RocksStore(Database.open(folder, durability == Durability.FSYNC, settings), settings);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the batch is larger than {@link RocksSettings#batchBytes}
     */
    @Override
    public void commit(WriteBatch batch) {
        committer.commit(batch);
    }

    @Override
    public byte @Nullable [] get(String table, byte[] key) {
        return readers.call(() -> database.get(table, key));
    }

    @Override
    public List<Entry> scan(String table, byte[] from, byte @Nullable [] to, int limit) {
        return isEmpty(from, to, limit) ? List.of() : readers.call(() -> database.scan(table, from, to, limit));
    }

    @Override
    public List<Entry> scanBackward(String table, byte[] from, byte @Nullable [] to, int limit) {
        return isEmpty(from, to, limit) ? List.of() : readers.call(() -> database.scanBackward(table, from, to, limit));
    }

    private static boolean isEmpty(byte[] from, byte @Nullable [] to, int limit) {
        Check.inRange("limit", limit, 0, Integer.MAX_VALUE);
        return limit == 0 || to != null && Arrays.compareUnsigned(from, to) >= 0;
    }

    @Override
    public @Nullable Entry last(String table) {
        return readers.call(() -> database.last(table));
    }

    @Override
    public Set<String> tables() {
        return database.tables();
    }

    @Override
    public void drop(String table) {
        committer.drop(table);
    }

    /** Writes what was accepted, lets reads in progress end, releases the folder. */
    @Override
    public void close() {
        committer.close(); // closes the database, on its own thread
        readers.close();
    }
}
