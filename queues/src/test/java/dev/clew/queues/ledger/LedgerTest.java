// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.core.Scope;
import dev.clew.core.store.Store;
import dev.clew.core.store.StoreException;
import dev.clew.core.store.WriteBatch;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One decision after the other, many in one batch, nothing told before it is durable. */
@Timeout(30)
class LedgerTest {
    private static final Scope HERE = new Scope("111111111111", "us-east-1");

    private final ManualClock clock = new ManualClock();
    private final SlowStore store = new SlowStore();
    private final Ledger ledger = new Ledger(store, clock, queues -> {});
    private final long queue = create(ledger);

    private static long create(Ledger ledger) {
        return ledger.decide(turn -> {
            var id = turn.nextNumber();
            turn.change(new Change.QueueSet(new QueueDefinition(
                    id, HERE.account(), HERE.region(), "orders", Map.of(), Map.of(), turn.now(), turn.now(), 0)));
            return id;
        });
    }

    private long send() {
        return ledger.decide(turn -> {
            var number = turn.nextNumber();
            turn.change(
                    new Change.MessageAdded(queue, Entry.sent(number, turn.now(), turn.now(), null), new byte[] {'x'}));
            return number;
        });
    }

    private int stored() {
        return new Ledger(store.inner, clock, queues -> {})
                .decide(turn -> turn.state().find(queue).orElseThrow().all().size());
    }

    @Test
    void commitsTogetherWhatWaitsTogether() throws Exception {
        store.permits.drainPermits();
        store.entered.drainPermits();
        var first = CompletableFuture.supplyAsync(this::send, Thread::startVirtualThread);
        store.awaitCommit();
        var others = new ArrayList<CompletableFuture<Long>>();
        for (int i = 0; i < 50; i++) {
            others.add(CompletableFuture.supplyAsync(this::send, Thread::startVirtualThread));
        }
        while (ledger.waiting() < 50) {
            Thread.onSpinWait();
        }
        assertThat(first).isNotDone(); // decided, but not durable: nobody is told
        assertThat(others).noneMatch(CompletableFuture::isDone);

        int before = store.commits;
        store.permits.release(1_000);
        first.get(10, TimeUnit.SECONDS);
        for (var other : others) {
            other.get(10, TimeUnit.SECONDS);
        }
        assertThat(store.commits - before).isLessThanOrEqualTo(2);
        assertThat(stored()).isEqualTo(51);
    }

    @Test
    void refusesEverythingAfterACommitThatFailed() {
        send();
        store.broken = true;
        assertThatThrownBy(this::send).isInstanceOf(StoreException.class);
        store.broken = false;
        assertThatThrownBy(this::send).isInstanceOf(StoreException.class);
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void tellsEachCallerOfItsOwnFailureOnly() {
        assertThatThrownBy(() -> ledger.decide(turn -> {
                    throw new IllegalArgumentException("mine");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mine");
        assertThatThrownBy(() -> ledger.decide(turn -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(IllegalStateException.class);
        send();
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void neverGivesANumberTwiceAcrossRestarts() {
        var seen = new ArrayList<Long>();
        seen.add(send());
        for (int i = 0; i < 3; i++) {
            var reopened = new Ledger(store.inner, clock, queues -> {});
            seen.add(reopened.decide(turn -> {
                var number = turn.nextNumber();
                turn.change(new Change.MessageRemoved(queue, number)); // so that nothing of it remains
                return number;
            }));
        }
        assertThat(seen).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void changesStateAsReadingTheStoreDoes() {
        var sent = send();
        ledger.decide(turn -> {
            var found = turn.upToDate(turn.state().find(queue).orElseThrow());
            var entry = found.receivable(1).getFirst();
            turn.change(new Change.MessageSet(queue, entry.received(turn.now(), turn.now() + 30_000)));
            turn.change(new Change.Remembered(queue, new Deduplication("d", "id", sent, turn.now() + 1)));
            turn.change(new Change.TaskSet(
                    new MoveTask("t", queue, "arn", null, 5, MoveTask.Status.RUNNING, 3, 1, null, turn.now())));
            return sent;
        });
        var reopened = new Ledger(store.inner, clock, queues -> {});
        for (var each : List.of(ledger, reopened)) {
            each.decide(turn -> {
                var found = turn.state().find(queue).orElseThrow();
                assertThat(found.all()).extracting(Entry::receives).containsExactly(1);
                assertThat(found.remembered("d")).isNotNull();
                assertThat(found.tasks()).containsOnlyKeys("t");
                assertThat(turn.state().held()).isEqualTo(2);
                return sent;
            });
        }
    }

    @Test
    void forgetsEverythingOfADeletedQueue() {
        send();
        ledger.decide(turn -> {
            turn.change(new Change.QueueDeleted(
                    turn.state().find(queue).orElseThrow().definition(), turn.now()));
            return queue;
        });
        assertThat(ledger.definition(HERE, "orders")).isEmpty();
        assertThat(store.scan(Tables.BODIES, new byte[0], null, 10)).isEmpty();
        assertThat(store.scan(Tables.MESSAGES, new byte[0], null, 10)).isEmpty();
        long held = ledger.decide(turn -> turn.state().held());
        assertThat(held).isZero();
    }

    /** A store whose commits wait for permits, or fail. */
    private static final class SlowStore implements Store {
        private final MemoryStore inner = new MemoryStore();
        private final Semaphore permits = new Semaphore(1_000_000);
        private final Semaphore entered = new Semaphore(0);
        private volatile int commits;
        private volatile boolean broken;

        void awaitCommit() {
            entered.acquireUninterruptibly();
        }

        @Override
        @SuppressWarnings("NonAtomicOperationOnVolatileField") // only one thread commits at a time
        public void commit(WriteBatch batch) {
            if (batch.isEmpty()) {
                return;
            }
            entered.release();
            permits.acquireUninterruptibly();
            if (broken) {
                throw new StoreException("the disk is full");
            }
            commits++;
            inner.commit(batch);
        }

        @Override
        public byte @Nullable [] get(String table, byte[] key) {
            return inner.get(table, key);
        }

        @Override
        public List<Entry> scan(String table, byte[] from, byte @Nullable [] to, int limit) {
            return inner.scan(table, from, to, limit);
        }

        @Override
        public List<Entry> scanBackward(String table, byte[] from, byte @Nullable [] to, int limit) {
            return inner.scanBackward(table, from, to, limit);
        }

        @Override
        public @Nullable Entry last(String table) {
            return inner.last(table);
        }

        @Override
        public Set<String> tables() {
            return inner.tables();
        }

        @Override
        public void drop(String table) {
            inner.drop(table);
        }

        @Override
        public void close() {}
    }
}
