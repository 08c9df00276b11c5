// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Ever-growing numbers, never given twice, whatever the clock does and however the process ends. They are reserved a
 * block at a time; a restart skips what is left of the block. Safe for use by many threads.
 */
final class Numbers {
    private static final String TABLE = "logs.numbers";
    private static final byte[] KEY = "next".getBytes(StandardCharsets.US_ASCII);
    private static final long BLOCK = 1L << 20;

    private final Store store;
    private final ReentrantLock lock = new ReentrantLock();
    private long next;
    private long reserved;

    Numbers(Store store) {
        this.store = store;
        var stored = store.get(TABLE, KEY);
        this.next = stored == null ? 1 : ByteBuffer.wrap(stored).getLong();
        this.reserved = next;
    }

    /** The first of {@code count} numbers in a row. */
    long take(int count) {
        lock.lock();
        try {
            if (next + count > reserved) {
                reserved = next + count + BLOCK;
                var value = ByteBuffer.allocate(Long.BYTES).putLong(reserved).array();
                store.commit(new WriteBatch().put(TABLE, KEY, value)); // one call in a million waits for the disk
            }
            long first = next;
            next += count;
            return first;
        } finally {
            lock.unlock();
        }
    }
}
