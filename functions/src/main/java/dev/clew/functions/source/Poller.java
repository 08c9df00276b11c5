// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.source;

import dev.clew.functions.source.QueueSource.Message;
import dev.clew.functions.source.QueueSource.Received;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the messages of one mapping out of their queue, a batch at a time, and has each batch run on a thread of its own. Takes nothing
 * that it has no room to run. Safe for use by many threads.
 */
final class Poller {
    private static final System.Logger LOG = System.getLogger(Poller.class.getName());
    private static final int LONG_POLL = 20;
    private static final int DEFAULT_CONCURRENCY = 10;
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);
    /** An empty receive that came back sooner did not wait: the queues are closing. */
    private static final Duration NO_WAIT = Duration.ofMillis(50);

    private final String key;
    private final Supplier<Optional<Mapping>> current;
    private final QueueSource queues;
    private final BatchRunner runner;
    private final InstantSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by the lock.
    private int running;
    private long pausedUntil;
    private boolean stopped;
    private @Nullable Thread thread;

    private volatile @Nullable String problem;

    /** @param current the mapping as it is now; nothing once it is deleted */
    Poller(
            String key,
            Supplier<Optional<Mapping>> current,
            QueueSource queues,
            BatchRunner runner,
            InstantSource time) {
        this.key = key;
        this.current = current;
        this.queues = queues;
        this.runner = runner;
        this.time = time;
    }

    void start() {
        lock.lock();
        try {
            thread = Thread.ofVirtual().name("poll-" + key).start(this::run);
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more; what runs goes on to its end. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
            if (thread != null) {
                thread.interrupt(); // it may wait for messages
            }
        } finally {
            lock.unlock();
        }
    }

    /** Why the last batch was not processed; nothing if it was. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void run() {
        while (true) {
            try {
                var mapping = current.get();
                if (mapping.isEmpty() || !mapping.get().enabled() || !awaitRoom(mapping.get())) {
                    return;
                }
                poll(mapping.get());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "event source mapping " + key + " polls again", e);
                pause(AFTER_TROUBLE);
            }
        }
    }

    /** Whether there is room now; not if it is stopped. */
    private boolean awaitRoom(Mapping mapping) throws InterruptedException {
        int room = mapping.concurrency() == null ? DEFAULT_CONCURRENCY : mapping.concurrency();
        lock.lock();
        try {
            while (!stopped) {
                long pause = pausedUntil - time.millis();
                if (pause > 0) {
                    changed.awaitNanos(TimeUnit.MILLISECONDS.toNanos(Math.min(pause, 1_000)));
                } else if (running >= room) {
                    changed.await();
                } else {
                    return true;
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void poll(Mapping mapping) {
        var visibility = runner.visibility(mapping);
        if (visibility.isEmpty()) {
            trouble("PROBLEM: the queue or the function does not exist");
            return;
        }
        var begin = time.instant();
        switch (queues.receive(mapping.queueArn(), mapping.batchSize(), LONG_POLL, visibility.getAsInt())) {
            case Received.Refused(String reason) -> trouble("PROBLEM: " + reason);
            case Received.Messages(List<Message> none)
            when none.isEmpty() -> {
                if (Duration.between(begin, time.instant()).compareTo(NO_WAIT) < 0) {
                    pause(NO_WAIT);
                }
            }
            case Received.Messages(List<Message> first) -> {
                var begun = time.instant();
                var batch = gathered(mapping, first, visibility.getAsInt());
                start(mapping, batch, begun.plusSeconds(visibility.getAsInt()));
            }
        }
    }

    /** {@code first}, and what else comes within the mapping's window. */
    private List<Message> gathered(Mapping mapping, List<Message> first, int visibility) {
        var batch = new ArrayList<>(first);
        long deadline = time.millis() + mapping.windowSeconds() * 1_000L;
        while (batch.size() < mapping.batchSize()) {
            long left = deadline - time.millis();
            if (left <= 0 || isStopped()) {
                break;
            }
            int wait = (int) Math.clamp(left / 1_000, 0, LONG_POLL);
            var more = queues.receive(mapping.queueArn(), mapping.batchSize() - batch.size(), wait, visibility);
            if (!(more instanceof Received.Messages(List<Message> messages))) {
                break;
            }
            batch.addAll(messages);
            if (messages.isEmpty() && wait == 0) {
                pause(Duration.ofMillis(Math.min(left, 100)));
                awaitPause();
            }
        }
        return batch;
    }

    private void awaitPause() {
        lock.lock();
        try {
            long pause = pausedUntil - time.millis();
            if (pause > 0 && !stopped) {
                changed.awaitNanos(TimeUnit.MILLISECONDS.toNanos(pause));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void start(Mapping mapping, List<Message> batch, Instant heldUntil) {
        lock.lock();
        try {
            if (!stopped) {
                running++;
                Thread.ofVirtual().name("batch-" + mapping.function()).start(() -> process(mapping, batch, heldUntil));
                return;
            }
        } finally {
            lock.unlock();
        }
        queues.giveBack(
                mapping.queueArn(), batch.stream().map(Message::receiptHandle).toList());
    }

    private void process(Mapping mapping, List<Message> batch, Instant heldUntil) {
        try {
            problem = runner.process(mapping, batch, heldUntil, this::pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a batch of event source mapping " + key + " comes again", e);
            problem = "PROBLEM: internal failure";
        } finally {
            lock.lock();
            try {
                running--;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void trouble(String why) {
        problem = why;
        pause(AFTER_TROUBLE);
    }

    /** Takes nothing for a while. */
    private void pause(Duration pause) {
        lock.lock();
        try {
            pausedUntil = Math.max(pausedUntil, time.millis() + pause.toMillis());
        } finally {
            lock.unlock();
        }
    }

    private boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }
}
