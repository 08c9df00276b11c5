// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.metrics;

import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import dev.clew.monitor.api.cloudwatch.CloudwatchErrors;
import dev.clew.wire.ServiceException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Adds points to the rows. A row is read, changed and written, so one thread does it, for all who wait at the same time in one commit.
 * The queue is bounded: who finds it full is told to slow down.
 */
final class MetricWriter implements AutoCloseable {
    private static final Logger LOG = System.getLogger(MetricWriter.class.getName());
    private static final int COMMIT_POINTS = 20_000;
    private static final int MOST_POINTS = 200_000;

    private record Waiting(List<Point> points, boolean inPart, CompletableFuture<Void> durable) {}

    private final Store store;
    private final InstantSource time;
    private final SeriesTable series;
    private final Rows rows;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private final AtomicLong dropped = new AtomicLong();
    private int queuedPoints;
    private boolean closing;

    MetricWriter(Store store, InstantSource time, SeriesTable series, Rows rows) {
        this.store = store;
        this.time = time;
        this.series = series;
        this.rows = rows;
        this.thread = Thread.ofPlatform().name("clew-metrics").daemon(true).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /**
     * Stores all of {@code points}; durable when it returns.
     *
     * @throws ServiceException if there is no room for a new metric among them, or too much waits already: nothing is stored
     */
    void put(List<Point> points) {
        enqueue(points, false);
    }

    /** Stores {@code points}, but for those of new metrics that find no room: they are dropped and counted. */
    void putWhatFits(List<Point> points) {
        enqueue(points, true);
    }

    /** Points that found no room. */
    long dropped() {
        return dropped.get();
    }

    private void enqueue(List<Point> points, boolean inPart) {
        var waiting = new Waiting(points, inPart, new CompletableFuture<>());
        lock.lock();
        try {
            if (closing || queuedPoints > 0 && queuedPoints + points.size() > MOST_POINTS) {
                throw ServiceException.client("ThrottlingException", 400, "Rate exceeded");
            }
            queue.add(waiting);
            queuedPoints += points.size();
            work.signal();
        } finally {
            lock.unlock();
        }
        try {
            waiting.durable.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void run() {
        for (var batch = next(); !batch.isEmpty(); batch = next()) {
            try {
                write(batch);
            } catch (RuntimeException e) { // the next ones may fare better
                LOG.log(Level.ERROR, "metrics could not be stored", e);
                batch.forEach(waiting -> waiting.durable.completeExceptionally(e));
            }
        }
    }

    private List<Waiting> next() {
        lock.lock();
        try {
            while (queue.isEmpty()) {
                if (closing) {
                    return List.of();
                }
                work.awaitUninterruptibly();
            }
            var batch = new ArrayList<Waiting>();
            int points = 0;
            while (queue.peek() instanceof Waiting first
                    && (batch.isEmpty() || points + first.points.size() <= COMMIT_POINTS)) {
                queue.remove();
                batch.add(first);
                points += first.points.size();
            }
            queuedPoints -= points;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void write(List<Waiting> waiting) {
        var now = time.instant();
        var names = series.changes(now);
        var changes = rows.new Changes(now);
        var stored = new ArrayList<Waiting>();
        for (var one : waiting) {
            if (add(one, names, changes)) {
                stored.add(one);
            } else {
                one.durable.completeExceptionally(CloudwatchErrors.limitExceededException(
                        "There are as many metrics as this server keeps; metrics without data for two weeks"
                                + " make room."));
            }
        }
        var batch = new WriteBatch();
        changes.stage(batch);
        var visible = names.stage(batch);
        if (!batch.isEmpty()) {
            store.commit(batch);
        }
        visible.run();
        stored.forEach(one -> one.durable.complete(null));
    }

    private boolean add(Waiting waiting, SeriesTable.Changes names, Rows.Changes changes) {
        var targets = new ArrayList<@Nullable Series>();
        for (var point : waiting.points) {
            var touched = names.touch(point.metric(), point.unit(), point.epochSecond());
            if (touched == null && !waiting.inPart) {
                return false;
            }
            targets.add(touched);
        }
        for (int i = 0; i < targets.size(); i++) {
            var target = targets.get(i);
            if (target == null) {
                dropped.incrementAndGet();
            } else {
                changes.add(target.id(), waiting.points.get(i));
            }
        }
        return true;
    }

    /** Stores what waits and stops. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            work.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
