// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import java.util.Collection;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps writers apart. Appends to different streams run side by side, so that they share a flush to disk; appends to one
 * stream take turns, since each updates the stream's record; whoever creates or removes groups and streams is alone.
 */
final class LogLocks {
    private static final int STRIPES = 64;

    private final ReentrantReadWriteLock structure = new ReentrantReadWriteLock();
    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

    LogLocks() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    /** Runs {@code append} while nobody else changes {@code streams} or any group. */
    void appending(Collection<?> streams, Runnable append) {
        var indexes = new TreeSet<Integer>(); // always locked in ascending order: no deadlock
        streams.forEach(stream -> indexes.add(Math.floorMod(stream.hashCode(), STRIPES)));
        structure.readLock().lock();
        try {
            indexes.forEach(index -> stripes[index].lock());
            try {
                append.run();
            } finally {
                indexes.forEach(index -> stripes[index].unlock());
            }
        } finally {
            structure.readLock().unlock();
        }
    }

    /** Runs {@code change} while nobody else changes anything. */
    void restructuring(Runnable change) {
        structure.writeLock().lock();
        try {
            change.run();
        } finally {
            structure.writeLock().unlock();
        }
    }
}
