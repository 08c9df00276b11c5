// SPDX-License-Identifier: Apache-2.0
package dev.clew.core.store;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Durable state of one server: named tables of byte-string keys in unsigned lexicographic order.
 *
 * <p>Safe for use by many threads. A table exists from its first put to {@link #drop}; one that does not
 * exist reads as empty. A commit by an interrupted thread goes through all the same, and the thread stays interrupted. Reads see every batch whose
 * {@link #commit} has returned. The server's embedded implementation is on RocksDB; tests use one in memory. Both pass
 * {@code StoreContract}.
 */
public interface Store extends AutoCloseable {
    /**
     * Applies {@code batch} as a whole: after a crash at any instant, all of it is there or nothing. Returns when it is
     * as durable as the store is configured to make it; concurrent commits share one flush to disk.
     *
     * @throws StoreException if it could not be made durable
     */
    void commit(WriteBatch batch);

    /** The value under {@code key}, or null. */
    byte @Nullable [] get(String table, byte[] key);

    /**
     * Up to {@code limit} entries with {@code from <= key < to}, in key order.
     *
     * @param to exclusive end; null for the end of the table
     * @param limit 0 or more
     */
    List<Entry> scan(String table, byte[] from, byte @Nullable [] to, int limit);

    /**
     * The last {@code limit} entries with {@code from <= key < to}, from the last to the first.
     *
     * @param to exclusive end; null for the end of the table
     * @param limit 0 or more
     */
    List<Entry> scanBackward(String table, byte[] from, byte @Nullable [] to, int limit);

    /** The last entry of a table, or null if it is empty. */
    @Nullable
    Entry last(String table);

    /** The tables that exist. */
    Set<String> tables();

    /** Removes a table and all it holds, at the cost of a few files: how retention works. */
    void drop(String table);

    /** Flushes and releases everything. Later calls throw {@link IllegalStateException}. */
    @Override
    void close();

    /** One key and its value. Neither is copied: do not change them. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody; a copy per row would double the cost of scans
    record Entry(byte[] key, byte[] value) {}
}
