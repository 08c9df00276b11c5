// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.queue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Begins tries when they are due, each on a thread of its own, no more at once per function than configured: a slow
 * function holds up itself and nobody else. Safe for use by many threads.
 */
final class EventDispatcher {
    /** Wall time may jump, so the clock is read now and then even when nothing is due for long. */
    private static final long MAX_WAIT = TimeUnit.MILLISECONDS.toNanos(200);

    private final EventAttempts attempts;
    private final InstantSource time;
    private final AsyncConfig config;
    private final Consumer<String> finished;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // All below is guarded by the lock.
    private final PriorityQueue<QueuedEvent> waiting = new PriorityQueue<>(Comparator.comparing(QueuedEvent::due));
    private final Map<String, Lane> lanes = new HashMap<>();
    private int running;
    private long generation;
    private boolean started;
    private boolean closed;

    /** The events of one function that are due. */
    private static final class Lane {
        private final Deque<QueuedEvent> due = new ArrayDeque<>();
        private int running;
    }

    /** @param finished gets the request id of each event that will not be tried again */
    EventDispatcher(EventAttempts attempts, InstantSource time, AsyncConfig config, Consumer<String> finished) {
        this.attempts = attempts;
        this.time = time;
        this.config = config;
        this.finished = finished;
    }

    /** Begins; nothing happens at a second call. */
    void start() {
        lock.lock();
        try {
            if (!started) {
                started = true;
                Thread.ofVirtual().name("async-invocations").start(this::run);
            }
        } finally {
            lock.unlock();
        }
    }

    void add(QueuedEvent event) {
        lock.lock();
        try {
            waiting.add(event);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        lock.lock();
        try {
            while (!closed) {
                var now = time.instant();
                while (!waiting.isEmpty() && !waiting.peek().due().isAfter(now)) {
                    var event = waiting.remove();
                    lane(event).due.add(event);
                    dispatch(lane(event));
                }
                var next = waiting.peek();
                if (next == null) {
                    changed.await();
                } else {
                    changed.awaitNanos(
                            Math.min(MAX_WAIT, Duration.between(now, next.due()).toNanos()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private Lane lane(QueuedEvent event) {
        return lanes.computeIfAbsent(event.scope().key() + '/' + event.function(), key -> new Lane());
    }

    private void dispatch(Lane lane) {
        while (!closed && !lane.due.isEmpty() && lane.running < config.concurrencyPerFunction()) {
            var event = lane.due.remove();
            long mine = generation;
            lane.running++;
            running++;
            Thread.ofVirtual().name("event-" + event.function()).start(() -> attempt(event, mine));
        }
    }

    private void attempt(QueuedEvent event, long mine) {
        QueuedEvent next = event;
        try {
            next = attempts.run(event, () -> abandoned(mine)).orElse(null);
        } finally {
            attempted(event, next, mine);
        }
    }

    private void attempted(QueuedEvent event, @Nullable QueuedEvent next, long mine) {
        lock.lock();
        try {
            running--;
            var lane = lane(event);
            lane.running--;
            if (mine == generation) {
                if (next == null) {
                    finished.accept(event.requestId());
                } else {
                    waiting.add(next);
                }
            }
            dispatch(lane);
            if (lane.running == 0 && lane.due.isEmpty()) {
                lanes.remove(event.scope().key() + '/' + event.function());
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the outcome of a try must not be written any more: its environment may have been ended under it. */
    private boolean abandoned(long mine) {
        lock.lock();
        try {
            return closed || mine != generation;
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        lock.lock();
        try {
            generation++;
            waiting.clear();
            lanes.values().forEach(lane -> lane.due.clear());
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void awaitQuiet(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long nanos = patience.toNanos();
            while (running > 0 && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }
}
