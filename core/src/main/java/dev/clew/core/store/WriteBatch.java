// SPDX-License-Identifier: Apache-2.0
package dev.clew.core.store;

import dev.clew.core.Check;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Changes that are committed together, applied in order. Not safe for use by many threads. */
public final class WriteBatch {
    private final List<Change> changes = new ArrayList<>();
    private long bytes;

    /** One change to one table. */
    public sealed interface Change {
        String table();

        /** Sets the value under a key. */
        @SuppressWarnings("ArrayRecordComponent") // handed from writer to store, never compared
        record Put(String table, byte[] key, byte[] value) implements Change {}

        /** Removes a key, if it is there. */
        @SuppressWarnings("ArrayRecordComponent")
        record Delete(String table, byte[] key) implements Change {}

        /** Removes all keys from {@code from} to before {@code to}. */
        @SuppressWarnings("ArrayRecordComponent")
        record DeleteRange(String table, byte[] from, byte[] to) implements Change {}
    }

    public WriteBatch put(String table, byte[] key, byte[] value) {
        changes.add(new Change.Put(table, key, value));
        bytes += key.length + value.length;
        return this;
    }

    /** {@link #put(String, byte[], byte[])} with a key in UTF-8. */
    public WriteBatch put(String table, String key, byte[] value) {
        return put(table, key.getBytes(StandardCharsets.UTF_8), value);
    }

    public WriteBatch delete(String table, byte[] key) {
        changes.add(new Change.Delete(table, key));
        bytes += key.length;
        return this;
    }

    /** {@link #delete(String, byte[])} with a key in UTF-8. */
    public WriteBatch delete(String table, String key) {
        return delete(table, key.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Removes all keys from {@code from} to before {@code to}: none if the two are equal.
     *
     * @throws IllegalArgumentException if {@code from} is after {@code to}
     */
    public WriteBatch deleteRange(String table, byte[] from, byte[] to) {
        Check.argument(Arrays.compareUnsigned(from, to) <= 0, "from: after to (expected: from <= to)");
        changes.add(new Change.DeleteRange(table, from, to));
        bytes += from.length + to.length;
        return this;
    }

    /** The changes in order; read by stores only. */
    public List<Change> changes() {
        return List.copyOf(changes);
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Bytes of all keys and values. */
    public long bytes() {
        return bytes;
    }
}
