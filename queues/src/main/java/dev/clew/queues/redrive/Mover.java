// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.redrive;

import dev.clew.core.IdSource;
import dev.clew.core.store.StoreException;
import dev.clew.queues.ledger.Change;
import dev.clew.queues.ledger.Entry;
import dev.clew.queues.ledger.Ledger;
import dev.clew.queues.ledger.MoveTask;
import dev.clew.queues.ledger.Queue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Carries out move tasks, a few messages per decision, on one virtual thread. A message that is moved becomes a new one: another id,
 * sent now, never received; body, attributes and trace header stay. What was moved and what is left to move change together, so
 * a restart goes on where the last step ended.
 */
public final class Mover implements AutoCloseable {
    private static final int STEP = 10;
    private static final long PAUSE_MILLIS = 200;

    private final Ledger ledger;
    private final IdSource ids;
    private final Semaphore poked = new Semaphore(0);
    private final ReentrantLock working = new ReentrantLock();
    private volatile boolean closed;
    private @Nullable Thread thread;

    public Mover(Ledger ledger, IdSource ids) {
        this.ledger = ledger;
        this.ids = ids;
    }

    /** Begins, and goes on with what an earlier run left. */
    public void start() {
        poke();
        thread = Thread.ofVirtual().name("clew-queues-mover").start(this::run);
    }

    /** There is something to do. */
    void poke() {
        poked.release();
    }

    private void run() {
        while (!closed) {
            try {
                var more = work();
                if (more) {
                    poked.tryAcquire(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                } else {
                    poked.acquire();
                }
                poked.drainPermits();
            } catch (InterruptedException e) {
                return;
            } catch (StoreException e) {
                return; // nothing more can be decided; the server says so to everybody who asks
            }
        }
    }

    /** Moves what may be moved at this moment; whether tasks are left that must wait. */
    public boolean work() {
        working.lock();
        try {
            var left = false;
            for (var task : running()) {
                var progress = Progress.MOVED;
                while (progress == Progress.MOVED && !closed) {
                    progress = ledger.decide(turn -> step(turn, task.source(), task.id()));
                }
                left |= progress == Progress.WAITS;
            }
            return left;
        } finally {
            working.unlock();
        }
    }

    private List<MoveTask> running() {
        return ledger.decide(turn -> turn.state().all().stream()
                .flatMap(queue -> queue.tasks().values().stream())
                .filter(task -> task.status() == MoveTask.Status.RUNNING)
                .toList());
    }

    private enum Progress {
        MOVED,
        WAITS,
        ENDED
    }

    private Progress step(Ledger.Turn turn, long source, String id) {
        var found = turn.state().find(source);
        var task = found.map(queue -> queue.tasks().get(id)).orElse(null);
        if (found.isEmpty() || task == null || task.status() != MoveTask.Status.RUNNING) {
            return Progress.ENDED;
        }
        var queue = turn.upToDate(found.get());
        int allowed = allowed(task, turn.now());
        if (allowed == 0) {
            return Progress.WAITS;
        }
        var entries = queue.receivable(allowed);
        if (entries.isEmpty() || task.moved() >= task.toMove()) {
            turn.change(new Change.TaskSet(task.ended(MoveTask.Status.COMPLETED, null)));
            return Progress.ENDED;
        }
        long moved = 0;
        for (var entry : entries) {
            var destination = destination(turn, task, entry);
            if (destination.isEmpty()) {
                var reason = task.destinationArn() == null && entry.source() == null
                        ? "CouldNotDetermineMessageSource"
                        : "AWS.SimpleQueueService.NonExistentQueue";
                turn.change(new Change.TaskSet(task.withMoved(moved).ended(MoveTask.Status.FAILED, reason)));
                return Progress.ENDED;
            }
            if (!move(turn, queue, entry, destination.get())) {
                break;
            }
            moved++;
        }
        turn.change(new Change.TaskSet(task.withMoved(moved)));
        return moved == 0 ? Progress.WAITS : Progress.MOVED;
    }

    /** How many may be moved at once: the first second's worth right away, then as the seconds pass. */
    private static int allowed(MoveTask task, long now) {
        var left = task.toMove() - task.moved();
        if (left <= 0) {
            return 1; // to find that the task is done
        }
        if (task.perSecond() == null) {
            return (int) Math.min(STEP, left);
        }
        long seconds = Math.max(0, (now - task.startedAt()) / 1_000);
        long budget = (seconds + 1) * task.perSecond() - task.moved();
        return (int) Math.clamp(Math.min(budget, left), 0, STEP);
    }

    private static Optional<Queue> destination(Ledger.Turn turn, MoveTask task, Entry entry) {
        var arn = task.destinationArn() == null ? entry.source() : task.destinationArn();
        return turn.state().find(arn).filter(queue -> queue.id() != task.source());
    }

    private boolean move(Ledger.Turn turn, Queue source, Entry entry, Queue destination) {
        var body = turn.bodyToMove(source.id(), entry.sequence());
        if (body.isEmpty()) {
            return false; // not durable yet
        }
        var id = ids.nextUuid().toString();
        var fresh = body.get().withId(id);
        var stored = destination.definition().fifo() ? fresh.withDeduplicationId(id) : fresh;
        var sent = Entry.sent(
                turn.nextNumber(),
                turn.now(),
                turn.now() + destination.definition().delay(),
                entry.group());
        turn.change(new Change.MessageRemoved(source.id(), entry.sequence()));
        turn.change(new Change.MessageAdded(destination.id(), sent, stored.bytes()));
        return true;
    }

    /** Stops after the step at hand; what is left goes on after the next start. */
    @Override
    public void close() {
        closed = true;
        poke();
        var running = thread;
        if (running != null) {
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
