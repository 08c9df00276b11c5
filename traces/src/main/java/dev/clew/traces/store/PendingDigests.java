// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.store;

import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * The traces whose stored digest is older than their documents. Safe for use by many threads.
 *
 * <p>Each commit of documents carries a marker that names its traces; the commit of their digests removes it. So after
 * a crash exactly the stale traces are known, and nothing has to be searched for.
 */
final class PendingDigests {
    static final String MARKERS = "undigested";

    private static final int PAGE = 1_000;

    private final AtomicLong nextMarker = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private Set<TraceKey> traces = new HashSet<>();
    private List<byte[]> markers = new ArrayList<>();
    private boolean closed;

    /** Traces that need digests, and the markers to remove with them. */
    record Work(Set<TraceKey> traces, List<byte[]> markers) {
        boolean isEmpty() {
            return traces.isEmpty() && markers.isEmpty();
        }
    }

    /** Takes up what a process before this one left. */
    void load(Store store) {
        byte[] from = {};
        while (true) {
            var page = store.scan(MARKERS, from, null, PAGE);
            for (var entry : page) {
                new String(entry.value(), StandardCharsets.UTF_8)
                        .lines()
                        .map(TraceKey::parse)
                        .forEach(traces::add);
                markers.add(entry.key());
            }
            if (page.size() < PAGE) {
                break;
            }
            from = Arrays.copyOf(page.getLast().key(), page.getLast().key().length + 1);
        }
        if (!markers.isEmpty()) {
            nextMarker.set(ByteBuffer.wrap(markers.getLast()).getLong() + 1);
        }
    }

    /** Marks traces as stale in {@code batch}; run the result once their documents are in memory. */
    Runnable stage(WriteBatch batch, Collection<TraceKey> stale) {
        var marker = ByteBuffer.allocate(Long.BYTES)
                .putLong(nextMarker.getAndIncrement())
                .array();
        var names = stale.stream().map(TraceKey::text).collect(Collectors.joining("\n"));
        batch.put(MARKERS, marker, names.getBytes(StandardCharsets.UTF_8));
        return () -> add(new Work(Set.copyOf(stale), List.of(marker)));
    }

    void add(Work more) {
        lock.lock();
        try {
            traces.addAll(more.traces);
            markers.addAll(more.markers);
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many traces are stale. */
    int size() {
        lock.lock();
        try {
            return traces.size();
        } finally {
            lock.unlock();
        }
    }

    /** All that is pending; it is no longer. */
    Work take() {
        lock.lock();
        try {
            var taken = new Work(traces, markers);
            traces = new HashSet<>();
            markers = new ArrayList<>();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something is pending, {@code patience} is over, or nobody needs to wait any more. */
    void await(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = patience.toNanos();
            while (traces.isEmpty() && !closed && nanos > 0) {
                nanos = work.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends every wait, now and later. */
    void close() {
        lock.lock();
        try {
            closed = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
