// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.ledger;

import dev.clew.core.Scope;
import dev.clew.core.store.Store;
import dev.clew.core.store.StoreException;
import dev.clew.core.store.WriteBatch;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What all queues hold: durable, and changed by one decision after the other.
 *
 * <p>Decisions that wait for each other share one batch: whoever finds the turn free decides for everybody who waits and commits
 * once. A decision sees every decision before it; its caller hears of it only when the batch is durable. So nothing that
 * a caller was told can be lost, and there is nothing to lock inside a decision. After a commit has failed nobody
 * knows what the disk holds: everything is refused until the store is opened anew. Safe for use by many threads.
 */
public final class Ledger {
    /** A decision's changes stay far below what a store takes in one batch. */
    private static final long BATCH_BYTES = 8L * 1024 * 1024;

    private static final int BATCH_DECISIONS = 1_024;
    private static final int EXPIRED_PER_DECISION = 1_000;
    private static final int NUMBERS = 1 << 20;
    private static final int NEIGHBOURS = 64;

    private final Store store;
    private final InstantSource time;
    private final State state;
    private final ConcurrentLinkedQueue<Pending<?>> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Consumer<Set<Long>> changed;
    private final ConcurrentHashMap<String, QueueDefinition> published = new ConcurrentHashMap<>();
    private long nextNumber;
    private @Nullable RuntimeException broken;

    /**
     * What {@code store} holds.
     *
     * @param changed hears, after each commit, in which queues something happened
     */
    public Ledger(Store store, InstantSource time, Consumer<Set<Long>> changed) {
        this.store = store;
        this.time = time;
        this.changed = changed;
        this.state = State.load(store);
        this.nextNumber = state.reserved();
        state.all().forEach(queue -> published.put(queue.definition().key(), queue.definition()));
    }

    /** The queue of this name as it is durably defined; a decision that follows may find it changed or gone. */
    public Optional<QueueDefinition> definition(Scope scope, String name) {
        return Optional.ofNullable(published.get(QueueDefinition.key(scope, name)));
    }

    /**
     * A look at the state, and changes to it.
     *
     * @param <T> what the caller is told; must not hold a {@link Queue}
     */
    @FunctionalInterface
    public interface Decision<T extends @Nullable Object> {
        /** Must neither block nor throw once it has changed something, lest half of it be done. */
        T decide(Turn turn);
    }

    /** Decides; durable when it returns. What the decision throws comes back too. */
    public <T extends @Nullable Object> T decide(Decision<T> decision) {
        var mine = new Pending<>(decision);
        waiting.add(mine);
        turn.lock();
        try {
            while (!mine.settled) {
                serve();
            }
        } finally {
            turn.unlock();
        }
        return mine.result();
    }

    private void serve() {
        var batch = new WriteBatch();
        var definitions = new ArrayList<Runnable>();
        var served = new ArrayList<Pending<?>>();
        if (broken == null) {
            for (var next = waiting.poll(); next != null; next = waiting.poll()) {
                served.add(next);
                next.decide(new Turn(batch, definitions));
                if (batch.bytes() > BATCH_BYTES || served.size() == BATCH_DECISIONS) {
                    break;
                }
            }
            try {
                store.commit(batch);
                definitions.forEach(Runnable::run);
            } catch (RuntimeException e) {
                broken = e;
            }
        } else {
            for (var next = waiting.poll(); next != null; next = waiting.poll()) {
                served.add(next);
            }
        }
        var failure = broken;
        served.forEach(pending -> pending.settle(failure));
        changed.accept(state.takeTouched());
    }

    /** Decisions that wait for their turn. */
    int waiting() {
        return waiting.size();
    }

    /** The body of a message, or nothing if it is gone. Not for use inside a decision. */
    public Optional<StoredMessage> body(long queue, long sequence) {
        return Optional.ofNullable(store.get(Tables.BODIES, Tables.message(queue, sequence)))
                .map(StoredMessage::of);
    }

    /**
     * The bodies of messages by their sequence, without those that are gone. What was sent together lies together and is read at once.
     * Not for use inside a decision.
     */
    public Map<Long, StoredMessage> bodies(long queue, List<Long> sequences) {
        var bodies = new HashMap<Long, StoredMessage>();
        long first = sequences.stream().mapToLong(Long::longValue).min().orElse(0);
        long last = sequences.stream().mapToLong(Long::longValue).max().orElse(0);
        if (last - first < NEIGHBOURS) {
            var wanted = Set.copyOf(sequences);
            var rows = store.scan(
                    Tables.BODIES, Tables.message(queue, first), Tables.message(queue, last + 1), NEIGHBOURS);
            for (var row : rows) {
                long sequence = Tables.sequenceOf(row.key());
                if (wanted.contains(sequence)) {
                    bodies.put(sequence, StoredMessage.of(row.value()));
                }
            }
        } else {
            sequences.forEach(sequence -> body(queue, sequence).ifPresent(found -> bodies.put(sequence, found)));
        }
        return bodies;
    }

    /** One decision at work: what it sees and how it changes it. */
    public final class Turn {
        private final WriteBatch batch;
        private final List<Runnable> definitions;
        private final long now = time.millis();

        private Turn(WriteBatch batch, List<Runnable> definitions) {
            this.batch = batch;
            this.definitions = definitions;
        }

        public State state() {
            return state;
        }

        /** Epoch milliseconds, the same throughout a decision. */
        public long now() {
            return now;
        }

        /** Changes the state, and adds the change to what will be durable before the caller hears. */
        public void change(Change change) {
            state.apply(change);
            change.write(batch);
            if (change instanceof Change.QueueSet(var queue)) {
                definitions.add(() -> published.put(queue.key(), queue));
            } else if (change instanceof Change.QueueDeleted(var queue, long _)) {
                definitions.add(() -> published.remove(queue.key()));
            }
        }

        /** A number that was never given out, greater than all before. */
        public long nextNumber() {
            if (nextNumber == state.reserved()) {
                change(new Change.NumbersReserved(nextNumber + NUMBERS));
            }
            return nextNumber++;
        }

        /** Brings {@code queue} to this moment: what is expired goes, what is due becomes receivable. */
        public Queue upToDate(Queue queue) {
            var id = queue.id();
            var retention = queue.definition().retention();
            for (var old : queue.messages().sentUntil(now - retention, EXPIRED_PER_DECISION)) {
                change(new Change.MessageRemoved(id, old.sequence()));
            }
            for (int i = 0; i < EXPIRED_PER_DECISION; i++) {
                var forgettable = queue.forgettable(now);
                if (forgettable == null) {
                    break;
                }
                change(new Change.Forgotten(id, forgettable.key()));
            }
            queue.messages().advance(now);
            return queue;
        }

        /** Forgets the names of queues deleted at or before {@code moment}. */
        public void freeNames(long moment) {
            state.deletedUntil(moment).forEach(key -> change(new Change.NameFreed(key)));
        }

        /**
         * The stored body of a message that is to be moved; nothing if it is not durable yet, then the message is left for later.
         * Reads the store, so it is for what is rare.
         */
        public Optional<StoredMessage> bodyToMove(long queue, long sequence) {
            return body(queue, sequence);
        }
    }

    private static final class Pending<T extends @Nullable Object> {
        private final Decision<T> decision;
        private @Nullable T result;
        private @Nullable RuntimeException thrown;
        private boolean settled;

        Pending(Decision<T> decision) {
            this.decision = decision;
        }

        void decide(Turn turn) {
            try {
                result = decision.decide(turn);
            } catch (RuntimeException e) {
                thrown = e;
            } catch (Error e) {
                thrown = new IllegalStateException("a decision failed", e); // its caller must not wait for ever
            }
        }

        void settle(@Nullable RuntimeException failure) {
            if (failure != null) {
                thrown = new StoreException("the queues take no more until the server is started anew", failure);
            }
            settled = true;
        }

        @SuppressWarnings("NullAway") // T may itself be nullable
        T result() {
            if (thrown != null) {
                throw thrown;
            }
            return result;
        }
    }
}
