// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.functions.Api;
import dev.clew.functions.Eventually;
import dev.clew.functions.api.LoggingConfig;
import dev.clew.functions.catalog.CodePackage;
import dev.clew.functions.catalog.Configuration;
import dev.clew.functions.catalog.FunctionVersion;
import dev.clew.functions.scaling.EnvironmentPool.Grant;
import dev.clew.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The pool with environments that are nothing but names: the test says when a start is over. */
@NullUnmarked
class EnvironmentPoolTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final ManualClock clock = new ManualClock();
    private final BlockingQueue<Start> starts = new LinkedBlockingQueue<>();
    private final FunctionVersion f = version("f");
    private final FunctionVersion g = version("g");

    private static final class Fake implements EnvironmentPool.Slot {
        final String of;
        volatile boolean usable = true;
        volatile boolean closed;

        Fake(String of) {
            this.of = of;
        }

        @Override
        public boolean usable() {
            return usable && !closed;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private record Start(FunctionVersion version, CompletableFuture<Fake> result) {}

    private EnvironmentPool<Fake> pool(int startsAtOnce, int environments) {
        var config = new ScalingConfig(
                startsAtOnce, environments, 100, 2, LONG, Duration.ofMinutes(1), LONG, Duration.ofHours(1));
        return new EnvironmentPool<>(config, clock, version -> {
            var start = new Start(version, new CompletableFuture<>());
            starts.add(start);
            return start.result.join();
        });
    }

    private static FunctionVersion version(String name) {
        var configuration = new Configuration(
                "python3.12",
                Api.ROLE,
                "a.b",
                "",
                3,
                128,
                null,
                "Active",
                512,
                LoggingConfig.builder().build(),
                null,
                null,
                null,
                null,
                null,
                "None");
        return new FunctionVersion(
                Api.SCOPE,
                name,
                "$LATEST",
                configuration,
                new CodePackage("", 0, "x86_64", null),
                "r",
                ManualClock.START);
    }

    private static CompletableFuture<Grant<Fake>> ask(EnvironmentPool<Fake> pool, FunctionVersion version) {
        var granted = new CompletableFuture<Grant<Fake>>();
        Thread.ofVirtual().start(() -> {
            try {
                granted.complete(pool.acquire(version, OptionalInt.empty(), LONG));
            } catch (InterruptedException e) {
                granted.completeExceptionally(e);
            }
        });
        return granted;
    }

    private Start nextStart() throws InterruptedException {
        var start = starts.poll(30, TimeUnit.SECONDS);
        assertThat(start).isNotNull();
        return start;
    }

    private static Fake slot(CompletableFuture<Grant<Fake>> grant) throws Exception {
        return ((Grant.Granted<Fake>) grant.get(30, TimeUnit.SECONDS)).slot();
    }

    @Test
    void usesTheEnvironmentThatWasUsedLast() throws Exception {
        var pool = pool(2, 10);
        var first = ask(pool, f);
        var one = nextStart();
        var second = ask(pool, f);
        var two = nextStart();
        one.result.complete(new Fake("1"));
        var slot1 = slot(first);
        two.result.complete(new Fake("2"));
        var slot2 = slot(second);
        pool.release(f, slot2);
        pool.release(f, slot1);
        assertThat(slot(ask(pool, f))).isSameAs(slot1);
    }

    @Test
    void givesAWaiterWhateverComesFirst() throws Exception {
        var pool = pool(1, 10);
        var first = ask(pool, f);
        nextStart().result.complete(new Fake("1"));
        var warm = slot(first);
        var second = ask(pool, f);
        var slow = nextStart();
        pool.release(f, warm);
        assertThat(slot(second)).isSameAs(warm);

        slow.result.complete(new Fake("2")); // nobody waits: it is kept
        pool.release(f, warm);
        assertThat(List.of(slot(ask(pool, f)).of, slot(ask(pool, f)).of)).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void startsNoMoreAtOnceThanPermittedAndInOrder() throws Exception {
        var pool = pool(1, 10);
        var first = ask(pool, f);
        var one = nextStart();
        var second = ask(pool, g);
        assertThat(starts.poll(20, TimeUnit.MILLISECONDS)).isNull();
        one.result.complete(new Fake("f"));
        slot(first);
        var two = nextStart();
        assertThat(two.version.name()).isEqualTo("g");
        two.result.complete(new Fake("g"));
        assertThat(slot(second).of).isEqualTo("g");
    }

    @Test
    void givesABrokenEnvironmentToOneWaiterAndStartsAnotherForTheNext() throws Exception {
        var pool = pool(1, 10);
        var first = ask(pool, f);
        var one = nextStart();
        var second = ask(pool, f);
        var broken = new Fake("broken");
        broken.usable = false;
        one.result.complete(broken);
        nextStart().result.complete(new Fake("good"));
        var either = List.of(slot(first), slot(second));
        assertThat(either).extracting(slot -> slot.of).containsExactlyInAnyOrder("broken", "good");
        pool.release(f, broken);
        assertThat(broken.closed).isTrue();
    }

    @Test
    void refusesWhenAStartBreaksDown() throws Exception {
        var pool = pool(1, 10);
        var first = ask(pool, f);
        nextStart().result.completeExceptionally(new IllegalStateException("bug"));
        assertThat(first.get(30, TimeUnit.SECONDS)).isInstanceOf(Grant.Throttled.class);
    }

    @Test
    void endsTheEnvironmentIdleLongestToMakeRoom() throws Exception {
        var pool = pool(1, 1);
        var first = ask(pool, f);
        nextStart().result.complete(new Fake("f"));
        var old = slot(first);
        pool.release(f, old);
        ask(pool, g);
        assertThat(nextStart().version.name()).isEqualTo("g");
        Eventually.holds(() -> old.closed);
    }

    @Test
    void throttlesTheReservedAndTheImpatient() throws Exception {
        var pool = pool(1, 10);
        assertThat(pool.acquire(f, OptionalInt.of(0), SHORT))
                .isEqualTo(new Grant.Throttled<>(EnvironmentPool.RESERVED));
        assertThat(pool.acquire(f, OptionalInt.of(1), SHORT)).isEqualTo(new Grant.Throttled<>(EnvironmentPool.ACCOUNT));
        var late = new Fake("late");
        nextStart().result.complete(late); // its waiter gave up: it serves the next
        var next = ask(pool, f);
        assertThat(slot(next)).isSameAs(late);
        assertThat(pool.acquire(f, OptionalInt.of(1), SHORT))
                .isEqualTo(new Grant.Throttled<>(EnvironmentPool.RESERVED));
    }

    @Test
    void boundsThoseWhoWait() throws Exception {
        var pool = pool(1, 10); // two may wait
        var first = CompletableFuture.anyOf(ask(pool, f), ask(pool, f), ask(pool, f));
        assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo(new Grant.Throttled<>(EnvironmentPool.ACCOUNT));
    }

    @Test
    void endsWhatIsIdleForLongAndWhatIsRetired() throws Exception {
        var pool = pool(1, 10);
        var first = ask(pool, f);
        nextStart().result.complete(new Fake("1"));
        var slot = slot(first);
        pool.release(f, slot);
        clock.advance(Duration.ofSeconds(59));
        pool.reap();
        assertThat(slot.closed).isFalse();
        clock.advance(Duration.ofSeconds(1));
        pool.reap();
        assertThat(slot.closed).isTrue();

        var second = ask(pool, f);
        nextStart().result.complete(new Fake("2"));
        var busy = slot(second);
        pool.retire(f);
        assertThat(busy.closed).isFalse();
        pool.release(f, busy);
        assertThat(busy.closed).isTrue();
    }

    @Test
    void disappointsWaitersWhenItCloses() throws Exception {
        var pool = pool(1, 10);
        var waiting = ask(pool, f);
        var start = nextStart();
        pool.close();
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isInstanceOf(Grant.Throttled.class);
        var slot = new Fake("late");
        start.result.complete(slot);
        Eventually.holds(() -> slot.closed);
    }

    @Test
    void startsNoneForAnInvocationThatFollowsAtOnce() throws Exception {
        var pool = pool(1, 10);
        var first = ask(pool, f);
        nextStart().result.complete(new Fake("1"));
        var slot = slot(first);
        pool.expect(f, slot);
        var second = ask(pool, f);
        assertThat(starts.poll(20, TimeUnit.MILLISECONDS)).isNull();
        pool.release(f, slot);
        assertThat(slot(second)).isSameAs(slot);

        pool.expect(f, slot);
        var third = ask(pool, f);
        assertThat(starts.poll(20, TimeUnit.MILLISECONDS)).isNull();
        pool.unexpect(f, slot); // it takes longer after all
        nextStart().result.complete(new Fake("2"));
        assertThat(slot(third).of).isEqualTo("2");
    }
}
