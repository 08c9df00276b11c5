// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import static dev.clew.monitor.logs.LogBench.NOW;
import static dev.clew.monitor.logs.LogBench.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.TaskGroup;
import dev.clew.core.log.LogSink;
import dev.clew.core.store.Store;
import dev.clew.core.store.StoreException;
import dev.clew.core.store.WriteBatch;
import dev.clew.monitor.api.logs.DescribeLogGroupsRequest;
import dev.clew.monitor.api.logs.FilterLogEventsRequest;
import dev.clew.monitor.api.logs.LogsModel;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.MemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class LogBufferTest {
    @Test
    void makesGroupAndStreamWithTheirFirstLine() {
        try (var bench = new LogBench()) {
            bench.append("/aws/lambda/order", "2026/08/07/[$LATEST]1", NOW, "START", "END");
            assertThat(bench.messages("/aws/lambda/order", "2026/08/07/[$LATEST]1"))
                    .containsExactly("START", "END");
            assertThat(bench.call(
                                    LogsModel.DESCRIBE_LOG_GROUPS,
                                    DescribeLogGroupsRequest.builder().build())
                            .logGroups())
                    .hasSize(1);
        }
    }

    @Test
    void keepsTheOrderOfLinesOfTheSameMillisecond() {
        try (var bench = new LogBench()) {
            for (int i = 0; i < 300; i++) {
                bench.archive().sink().append(SCOPE, "g", "s", List.of(new LogSink.Line(ManualClock.START, "m" + i)));
            }
            assertThat(bench.messages("g", "s"))
                    .hasSize(300)
                    .startsWith("m0", "m1")
                    .endsWith("m299");
            assertThat(bench.messages("g", "s"))
                    .isSortedAccordingTo((left, right) ->
                            Integer.compare(Integer.parseInt(left.substring(1)), Integer.parseInt(right.substring(1))));
        }
    }

    @Test
    void storesWhatWasAppendedWhenItIsClosed() {
        var bench = new LogBench();
        bench.append("g", "s", NOW, "a", "b");
        bench.restart();
        assertThat(bench.messages("g", "s")).containsExactly("a", "b");
        bench.close();
        bench.append("g", "s", NOW, "late");
        assertThat(bench.archive().droppedLines()).isEqualTo(1);
    }

    @Test
    void cutsALineThatIsTooLongAndSaysSo() {
        try (var bench = new LogBench()) {
            bench.append("g", "s", NOW, "é".repeat(600_000));
            var message = bench.messages("g", "s").getFirst();
            assertThat(message).startsWith("éé").endsWith("é [truncated from 1200000 bytes]");
            assertThat(message.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                    .isBetween(1_048_576 - 26 - 1, 1_048_576 - 26);
        }
    }

    @Test
    void takesLinesOfAnyTime() {
        try (var bench = new LogBench()) {
            bench.archive()
                    .sink()
                    .append(
                            SCOPE,
                            "g",
                            "s",
                            List.of(
                                    new LogSink.Line(Instant.EPOCH.minusSeconds(5), "before"),
                                    new LogSink.Line(Instant.parse("9999-01-01T00:00:00Z"), "after")));
            bench.archive().sink().append(SCOPE, "g", "s", List.of());
            assertThat(bench.messages("g", "s")).containsExactly("before", "after");
            assertThat(bench.filter(FilterLogEventsRequest.builder().logGroupName("g")))
                    .hasSize(2);
        }
    }

    @Test
    void losesNothingWhenManyThreadsWrite() throws Exception {
        try (var bench = new LogBench()) {
            try (var writers = TaskGroup.open("writer")) {
                for (int i = 0; i < 50; i++) {
                    int writer = i;
                    writers.fork(() -> {
                        for (int n = 0; n < 40; n++) {
                            bench.append("g" + writer % 3, "s" + writer, NOW + n, "m" + n);
                        }
                        return null;
                    });
                }
                writers.join(Duration.ofSeconds(20));
            }
            int found = 0;
            for (int i = 0; i < 3; i++) {
                found += bench.filter(FilterLogEventsRequest.builder().logGroupName("g" + i))
                        .size();
            }
            assertThat(found).isEqualTo(2_000);
            assertThat(bench.archive().droppedLines()).isZero();
        }
    }

    @Test
    void storesManyLinesInOneCommit() {
        var commits = new AtomicInteger();
        var store = storeThat(batch -> commits.incrementAndGet());
        var slow = new LogsConfig(
                Duration.ofSeconds(50), 1_000, 5_000, 1 << 20, Duration.ofSeconds(5), Duration.ofDays(1));
        try (var bench = new LogBench(store, slow)) {
            bench.append("g", "s", NOW, "first");
            bench.archive().flush();
            commits.set(0);
            for (int i = 0; i < 500; i++) {
                bench.append("g", "s" + i % 5, NOW + i, "line");
            }
            bench.archive().flush();
            assertThat(commits.get()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void dropsAndCountsLinesWhenTheStoreDoesNotKeepUp() {
        var gate = new Semaphore(0);
        var store = storeThat(batch -> {
            if (batch.changes().stream().anyMatch(change -> change.table().equals(EventReader.TABLE))) {
                gate.acquireUninterruptibly();
            }
        });
        var impatient = new LogsConfig(Duration.ZERO, 10, 20, 1 << 20, Duration.ZERO, Duration.ofDays(1));
        try (var bench = new LogBench(store, impatient)) {
            for (int i = 0; i < 100; i++) {
                bench.append("g", "s", NOW + i, "m" + i);
            }
            assertThat(bench.archive().droppedLines()).isBetween(70L, 80L);
            gate.release(1_000);
            assertThat(bench.messages("g", "s"))
                    .hasSize((int) (100 - bench.archive().droppedLines()))
                    .startsWith("m0");
        }
    }

    @Test
    void goesOnAfterACommitThatFailed() {
        var failing = new AtomicInteger();
        var store = storeThat(batch -> {
            if (failing.getAndDecrement() > 0) {
                throw new StoreException("disk full");
            }
        });
        try (var bench = new LogBench(store, LogBench.CONFIG)) {
            bench.append("g", "s", NOW, "first");
            bench.archive().flush();
            failing.set(1);
            bench.append("g", "s", NOW, "lost", "too");
            bench.archive().flush();
            bench.append("g", "s", NOW + 1, "third");
            assertThat(bench.messages("g", "s")).containsExactly("first", "third");
            assertThat(bench.archive().droppedLines()).isEqualTo(2);
        }
    }

    @Test
    void dropsTheLinesOfAnInterruptedWriterOnlyIfItWouldWait() {
        try (var bench = new LogBench()) {
            Thread.currentThread().interrupt();
            bench.append("g", "s", NOW, "kept");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(bench.messages("g", "s")).containsExactly("kept");
        }
    }

    /** A store in memory that tells {@code watcher} of each commit before it is done. */
    private static Store storeThat(Consumer<WriteBatch> watcher) {
        var memory = new MemoryStore();
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        watcher.accept((WriteBatch) arguments[0]);
                    }
                    try {
                        return method.invoke(memory, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
