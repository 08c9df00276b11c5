// SPDX-License-Identifier: Apache-2.0
package dev.clew.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.core.store.StoreException;
import dev.clew.core.store.WriteBatch;
import dev.clew.core.store.WriteBatch.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Grouping, bounds and failures, with a disk that writes when the test lets it. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class CommitterTest {
    private static final RocksSettings SMALL = new RocksSettings(1 << 20, 1 << 20, 3, 100, 100, 1, 1);

    private final SlowDisk disk = new SlowDisk();
    private final Committer committer = Committer.start(disk, SMALL);
    private final List<Thread> callers = new ArrayList<>();

    @AfterEach
    void close() {
        disk.writes.release(1_000);
        committer.close();
    }

    @Test
    void mergesWhatWaitsIntoOneAppendInOrder() throws Exception {
        var first = commit("a");
        disk.started.acquire();
        var others = List.of(commit("b"), commit("c"), commit("d"));
        disk.writes.release(2);
        first.join();
        others.forEach(CompletableFuture::join);
        assertThat(disk.appended).containsExactly(List.of("a"), List.of("b", "c", "d"));
    }

    @Test
    void keepsADropBetweenTheCommitsAroundIt() throws Exception {
        commit("a");
        disk.started.acquire();
        var before = commit("b");
        var drop = run(() -> committer.drop("t"));
        var after = commit("c");
        disk.writes.release(4);
        List.of(before, drop, after).forEach(CompletableFuture::join);
        assertThat(disk.appended).containsExactly(List.of("a"), List.of("b"), List.of("drop t"), List.of("c"));
    }

    @Test
    void acknowledgesNothingBeforeItIsAppended() throws Exception {
        var commit = commit("a");
        disk.started.acquire();
        assertThat(commit).isNotDone();
        disk.writes.release();
        commit.join();
    }

    @Test
    void letsCallersWaitWhileTheQueueIsFull() throws Exception {
        commit("a");
        disk.started.acquire();
        commit("b");
        commit("c");
        commit("d");
        var outside = commit("e");
        assertThat(outside).isNotDone();
        disk.writes.release();
        disk.started.acquire();
        assertThat(disk.appending).isEqualTo(List.of("b", "c", "d"));
        disk.writes.release(2);
        outside.join();
        assertThat(disk.appended.getLast()).containsExactly("e");
    }

    @Test
    void boundsTheBytesThatWait() throws Exception {
        commit("a");
        disk.started.acquire();
        commit("b".repeat(60));
        var outside = commit("c".repeat(60));
        disk.writes.release();
        disk.started.acquire();
        assertThat(disk.appending).containsExactly("b".repeat(60));
        disk.writes.release(2);
        outside.join();
    }

    @Test
    void failsEveryCallerOfAGroupAndRefusesFurtherCommits() throws Exception {
        commit("a");
        disk.started.acquire();
        var group = List.of(commit("b"), commit("c"));
        disk.failure = new StoreException("disk full");
        disk.writes.release(2);
        for (var commit : group) {
            assertThatThrownBy(commit::join)
                    .cause()
                    .isInstanceOf(StoreException.class)
                    .hasMessage("commit failed; the store takes no more until it is opened anew: disk full");
        }
        disk.failure = null;
        assertThatThrownBy(() -> committer.commit(new WriteBatch().put("t", "d", new byte[0])))
                .isInstanceOf(StoreException.class);
        assertThat(disk.appended).isEmpty();
    }

    @Test
    void tellsCallersAboutAnErrorToo() throws Exception {
        disk.failure = new OutOfMemoryError("no memory");
        disk.writes.release();
        assertThatThrownBy(commit("a")::join).cause().isInstanceOf(StoreException.class);
    }

    @Test
    void finishesWhatWasAcceptedWhenClosed() throws Exception {
        var first = commit("a");
        disk.started.acquire();
        var second = commit("b");
        var closing = run(committer::close);
        disk.writes.release(2);
        List.of(first, second, closing).forEach(CompletableFuture::join);
        assertThat(disk.appended).containsExactly(List.of("a"), List.of("b"));
        assertThat(disk.closed).isTrue();
        assertThatThrownBy(() -> committer.commit(new WriteBatch().put("t", "c", new byte[0])))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void waitsOnWhenItsCallerIsInterrupted() throws Exception {
        var commit = commit("a");
        disk.started.acquire();
        callers.getLast().interrupt();
        assertThat(commit).isNotDone();
        disk.writes.release();
        commit.join();
        assertThat(disk.appended).containsExactly(List.of("a"));
    }

    private CompletableFuture<Void> commit(String key) {
        return run(() -> committer.commit(new WriteBatch().put("t", key, new byte[0])));
    }

    /** Runs {@code call} on a thread of its own and returns once that is done or parked. */
    private CompletableFuture<Void> run(Runnable call) {
        var result = new CompletableFuture<Void>();
        var thread = Thread.ofPlatform().start(() -> {
            try {
                call.run();
                result.complete(null);
            } catch (Throwable thrown) {
                result.completeExceptionally(thrown);
            }
        });
        callers.add(thread);
        while (!isSettled(thread)) {
            Thread.onSpinWait();
        }
        return result;
    }

    private static boolean isSettled(Thread thread) {
        return switch (thread.getState()) {
            case WAITING, TIMED_WAITING, TERMINATED -> true;
            default -> false;
        };
    }

    private static final class SlowDisk implements Journal {
        final Semaphore started = new Semaphore(0);
        final Semaphore writes = new Semaphore(0);
        final List<List<String>> appended = new CopyOnWriteArrayList<>();
        volatile List<String> appending = List.of();
        volatile @Nullable Throwable failure;
        volatile boolean closed;

        @Override
        public void append(List<Change> changes) {
            write(changes.stream()
                    .map(change -> new String(((Change.Put) change).key()))
                    .toList());
        }

        @Override
        public void drop(String table) {
            write(List.of("drop " + table));
        }

        private void write(List<String> keys) {
            appending = keys;
            started.release();
            writes.acquireUninterruptibly();
            switch (failure) {
                case null -> appended.add(keys);
                case Error error -> throw error;
                case Throwable thrown -> throw (RuntimeException) thrown;
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
