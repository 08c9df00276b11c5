// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.index;

import dev.clew.traces.index.TraceIndex.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The entries that no search sees in the index yet. Safe for use by many threads; holds its lock for moments only. */
final class Unwritten {
    private static final int MOST = 20_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Map<String, Entry> waiting = new LinkedHashMap<>();
    private List<Runnable> durables = new ArrayList<>();
    private Map<String, Entry> taken = Map.of();
    private final List<Runnable> written = new ArrayList<>();
    private boolean closed;

    /** What was taken to be written. */
    record Batch(Collection<Entry> entries, List<Runnable> durables) {}

    /** Adds entries; waits while there are too many. */
    void put(List<Entry> entries, Runnable durable) {
        lock.lock();
        try {
            while (waiting.size() >= MOST && !closed) {
                changed.awaitUninterruptibly();
            }
            entries.forEach(entry -> waiting.put(IndexDocument.key(entry), entry));
            durables.add(durable);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Every entry, each trace once. */
    List<Entry> all() {
        lock.lock();
        try {
            if (taken.isEmpty()) {
                return List.copyOf(waiting.values());
            }
            var all = new LinkedHashMap<>(taken);
            all.putAll(waiting);
            return List.copyOf(all.values());
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there are {@code enough} entries, or for {@code nanos}; false once closed. */
    boolean await(int enough, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (waiting.size() < enough && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** What is to be written; still found by {@link #all} until {@link #written}. */
    Batch take() {
        lock.lock();
        try {
            taken = waiting;
            waiting = new LinkedHashMap<>();
            var batch = new Batch(List.copyOf(taken.values()), durables);
            durables = new ArrayList<>();
            changed.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Searches see {@code batch} now. */
    void written(Batch batch) {
        lock.lock();
        try {
            taken = Map.of();
            written.addAll(batch.durables);
        } finally {
            lock.unlock();
        }
    }

    /** What to run once everything written so far is durable; answered once. */
    List<Runnable> durables() {
        lock.lock();
        try {
            var due = List.copyOf(written);
            written.clear();
            return due;
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        lock.lock();
        try {
            waiting.clear();
            durables.clear();
            written.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends every wait. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
