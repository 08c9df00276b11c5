// SPDX-License-Identifier: Apache-2.0
package dev.clew.storage;

import dev.clew.core.Check;
import dev.clew.core.store.StoreException;
import dev.clew.core.store.WriteBatch;
import dev.clew.core.store.WriteBatch.Change;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The only writer: one platform thread that merges everything waiting into one append, so that callers share one flush.
 *
 * <p>While an append is on its way to the disk the next group gathers behind it; the group's size therefore follows the
 * load without any timer. Callers park until their group is durable. The queue is bounded: when it is full, callers
 * wait outside. After an append has failed nobody knows what the disk holds, so the committer refuses everything from
 * then on; what was acknowledged stays readable, and opening the store anew finds out the rest.
 */
final class Committer {
    private static final int GROUP_REQUESTS = 1_024;
    private static final long GROUP_BYTES = 8L * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private sealed interface Request {
        long bytes();

        CompletableFuture<@Nullable Void> done();
    }

    private record Write(List<Change> changes, long bytes, CompletableFuture<@Nullable Void> done) implements Request {}

    private record Drop(String table, CompletableFuture<@Nullable Void> done) implements Request {
        @Override
        public long bytes() {
            return 0;
        }
    }

    private final Journal journal;
    private final RocksSettings settings;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Queue<Request> queue = new ArrayDeque<>();
    private long queuedBytes;
    private boolean closing;
    private @Nullable Throwable failure;

    private Committer(Journal journal, RocksSettings settings) {
        this.journal = journal;
        this.settings = settings;
        this.thread = Thread.ofPlatform().name("clew-commit").daemon(true).unstarted(this::run);
    }

    /** A committer whose thread runs. */
    static Committer start(Journal journal, RocksSettings settings) {
        var committer = new Committer(journal, settings);
        committer.thread.start();
        return committer;
    }

    /** Returns when {@code batch} is durable. */
    void commit(WriteBatch batch) {
        if (!batch.isEmpty()) {
            Check.argument(
                    batch.bytes() <= settings.batchBytes(),
                    "batch: " + batch.bytes() + " bytes (expected: at most " + settings.batchBytes() + ")");
            await(new Write(batch.changes(), batch.bytes(), new CompletableFuture<>()));
        }
    }

    /** Returns when {@code table} is gone; earlier commits are done by then. */
    void drop(String table) {
        await(new Drop(table, new CompletableFuture<>()));
    }

    /** Finishes what was accepted, refuses what comes, closes the journal. May be called again. */
    void close() {
        lock.lock();
        try {
            closing = true;
            work.signal();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        var interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void await(Request request) {
        enqueue(request);
        try {
            request.done().join(); // not interruptible: a caller must learn what became of its batch
        } catch (CompletionException e) {
            throw refusal(e.getCause());
        }
    }

    private void enqueue(Request request) {
        var interrupted = false;
        var patience = PATIENCE.toNanos();
        lock.lock();
        try {
            requireUsable();
            while (isFullFor(request)) {
                if (patience <= 0) {
                    throw new StoreException("commit: the disk has not kept up for " + PATIENCE.toSeconds() + " s");
                }
                try {
                    patience = room.awaitNanos(patience);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                requireUsable();
            }
            queue.add(request);
            queuedBytes += request.bytes();
            work.signal();
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isFullFor(Request request) {
        return !queue.isEmpty()
                && (queue.size() >= settings.queuedBatches() || queuedBytes + request.bytes() > settings.queuedBytes());
    }

    private void requireUsable() {
        if (closing) {
            throw new IllegalStateException("the store is closed");
        }
        if (failure != null) {
            throw refusal(failure);
        }
    }

    private static StoreException refusal(@Nullable Throwable cause) {
        var reason = "commit failed; the store takes no more until it is opened anew";
        return cause == null
                ? new StoreException(reason)
                : new StoreException(reason + ": " + cause.getMessage(), cause);
    }

    private void run() {
        try {
            for (var group = nextGroup(); !group.isEmpty(); group = nextGroup()) {
                settle(group);
            }
        } finally {
            journal.close();
        }
    }

    /** What to write next, at least one request; empty once the committer is closed and all is written. */
    private List<Request> nextGroup() {
        lock.lock();
        try {
            while (queue.isEmpty()) {
                if (closing) {
                    return List.of();
                }
                work.awaitUninterruptibly();
            }
            var group = new ArrayList<Request>();
            var bytes = 0L;
            do {
                var request = queue.remove();
                group.add(request);
                bytes += request.bytes();
            } while (group.getLast() instanceof Write
                    && queue.peek() instanceof Write next
                    && group.size() < GROUP_REQUESTS
                    && bytes + next.bytes() <= GROUP_BYTES);
            queuedBytes -= bytes;
            room.signalAll();
            return group;
        } finally {
            lock.unlock();
        }
    }

    private void settle(List<Request> group) {
        var broken = failure();
        if (broken == null) {
            try {
                write(group);
            } catch (Throwable thrown) { // an error, too, must reach the callers: they would park for ever
                broken = thrown;
                refuseFromNowOn(thrown);
            }
        }
        for (var request : group) {
            if (broken == null) {
                request.done().complete(null);
            } else {
                request.done().completeExceptionally(broken);
            }
        }
    }

    private void write(List<Request> group) {
        if (group.getFirst() instanceof Drop drop) {
            journal.drop(drop.table());
            return;
        }
        var changes = new ArrayList<Change>();
        for (var request : group) {
            if (request instanceof Write write) {
                changes.addAll(write.changes());
            }
        }
        journal.append(changes);
    }

    private @Nullable Throwable failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    private void refuseFromNowOn(Throwable thrown) {
        lock.lock();
        try {
            failure = thrown;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
