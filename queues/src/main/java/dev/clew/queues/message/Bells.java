// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.message;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Wakes those who wait for messages. Safe for use by many threads. */
public final class Bells {
    private final Map<Long, Set<Waiter>> waiters = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean closed;

    /** Somebody who waits for something to happen in one queue, whatever happens after this is made. */
    final class Waiter implements AutoCloseable {
        private final long queue;
        private final Semaphore rung = new Semaphore(0);

        private Waiter(long queue) {
            this.queue = queue;
        }

        /** Returns when something happened since this was called last, or after {@code millis} at the latest. */
        void await(long millis) throws InterruptedException {
            if (!closed && rung.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                rung.drainPermits();
            }
        }

        @Override
        public void close() {
            waiting.decrementAndGet();
            waiters.computeIfPresent(queue, (id, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
        }
    }

    Waiter waiter(long queue) {
        waiting.incrementAndGet();
        var waiter = new Waiter(queue);
        waiters.compute(queue, (id, all) -> {
            var some = all == null ? ConcurrentHashMap.<Waiter>newKeySet() : all;
            some.add(waiter);
            return some;
        });
        return waiter;
    }

    /** How many wait. */
    public int waiting() {
        return waiting.get();
    }

    boolean closed() {
        return closed;
    }

    /** Something happened in these queues. */
    public void ring(Set<Long> queues) {
        if (!waiters.isEmpty()) {
            queues.forEach(queue -> waiters.getOrDefault(queue, Set.of()).forEach(waiter -> waiter.rung.release()));
        }
    }

    /** Everybody looks again. */
    public void ringAll() {
        ring(Set.copyOf(waiters.keySet()));
    }

    /** Nobody waits any longer. */
    public void close() {
        closed = true;
        ringAll();
    }
}
