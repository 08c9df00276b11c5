// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.scaling;

import dev.clew.core.Scope;
import dev.clew.core.Ticker;
import dev.clew.functions.catalog.FunctionVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides which execution environment takes which invocation. Safe for use by many threads.
 *
 * <p>Starting is what costs: fifty interpreters at once keep two cores busy for half a minute. So starts are few at a
 * time, in the order in which invocations came, and belong to nobody: whoever of the function waits longest takes what
 * comes first, a fresh environment or one that another invocation gave back. The last one used is used next, so that
 * the others grow idle and can end.
 *
 * @param <S> an environment
 */
public final class EnvironmentPool<S extends EnvironmentPool.Slot> implements AutoCloseable {
    /** One environment as the pool sees it. */
    public interface Slot {
        /** Whether it can take another invocation. */
        boolean usable();

        /** Ends it; may block for a moment. */
        void close();
    }

    /** Makes environments. */
    @FunctionalInterface
    public interface Starter<S> {
        /** Starts one and waits until it is ready or is known not to be; what fails is told by the slot. */
        S start(FunctionVersion version);
    }

    /** What an invocation gets. */
    public sealed interface Grant<S> {
        /** An environment, to be given back by {@link #release}. */
        record Granted<S>(S slot) implements Grant<S> {}

        /** Nothing: too much is going on. */
        record Throttled<S>(String reason) implements Grant<S> {}
    }

    private static final System.Logger LOG = System.getLogger(EnvironmentPool.class.getName());

    static final String RESERVED = "ReservedFunctionConcurrentInvocationLimitExceeded";
    static final String ACCOUNT = "ConcurrentInvocationLimitExceeded";

    private final ScalingConfig config;
    private final Ticker ticker;
    private final Starter<S> starter;
    private final ReentrantLock lock = new ReentrantLock();
    // All below is guarded by the lock.
    private final Map<String, Group<S>> groups = new HashMap<>();
    private final LinkedHashSet<Waiter<S>> waiting = new LinkedHashSet<>();
    private final Map<String, Integer> running = new HashMap<>();
    private int permits;
    private int environments;
    private boolean closed;

    public EnvironmentPool(ScalingConfig config, Ticker ticker, Starter<S> starter) {
        this.config = config;
        this.ticker = ticker;
        this.starter = starter;
        permits = config.concurrentStarts();
    }

    /**
     * An environment for one invocation of {@code version}.
     *
     * @param reserved invocations of the function that may run at once; empty if it shares the account's
     * @param patience how long to wait for one
     */
    public Grant<S> acquire(FunctionVersion version, OptionalInt reserved, Duration patience)
            throws InterruptedException {
        Waiter<S> waiter;
        var discarded = new ArrayList<S>();
        lock.lock();
        try {
            var refusal = refusal(version, reserved);
            if (refusal != null) {
                return new Grant.Throttled<>(refusal);
            }
            var group = groups.computeIfAbsent(key(version), key -> new Group<>(version));
            var warm = group.takeIdle(discarded);
            environments -= discarded.size();
            if (warm == null && group.waiters.size() >= config.maxWaiting()) {
                return new Grant.Throttled<>(ACCOUNT);
            }
            count(version, 1);
            if (warm != null) {
                return new Grant.Granted<>(warm);
            }
            waiter = new Waiter<>(group);
            group.waiters.add(waiter);
            waiting.add(waiter);
            dispatch(discarded);
        } finally {
            lock.unlock();
            discarded.forEach(Slot::close);
        }
        return await(waiter, patience);
    }

    private @Nullable String refusal(FunctionVersion version, OptionalInt reserved) {
        if (closed) {
            return ACCOUNT;
        }
        if (reserved.isPresent() && running.getOrDefault(version.functionArn(), 0) >= reserved.getAsInt()) {
            return RESERVED;
        }
        return running.getOrDefault(account(version.scope()), 0) >= config.accountConcurrency() ? ACCOUNT : null;
    }

    private Grant<S> await(Waiter<S> waiter, Duration patience) throws InterruptedException {
        try {
            return new Grant.Granted<>(waiter.slot.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException | ExecutionException e) {
            return giveUp(waiter);
        } catch (InterruptedException e) {
            if (giveUp(waiter) instanceof Grant.Granted<S>(S slot)) {
                release(waiter.group.version, slot);
            }
            throw e;
        }
    }

    /** Throttled, unless an environment came in the very last moment. */
    private Grant<S> giveUp(Waiter<S> waiter) {
        lock.lock();
        try {
            if (waiter.slot.isDone() && !waiter.slot.isCompletedExceptionally()) {
                return new Grant.Granted<>(waiter.slot.join());
            }
            if (waiting.remove(waiter)) {
                waiter.group.waiters.remove(waiter);
            }
            count(waiter.group.version, -1);
            return new Grant.Throttled<>(ACCOUNT);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says that {@code slot} has answered and will be given back in a moment: so no other is started for a caller whose
     * next invocation follows at once.
     */
    public void expect(FunctionVersion version, S slot) {
        lock.lock();
        try {
            var group = groups.get(key(version));
            if (group != null) {
                group.returning.add(slot);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Says that {@code slot} takes longer than expected. */
    public void unexpect(FunctionVersion version, S slot) {
        var discarded = new ArrayList<S>();
        lock.lock();
        try {
            var group = groups.get(key(version));
            if (group != null && group.returning.remove(slot)) {
                dispatch(discarded);
            }
        } finally {
            lock.unlock();
        }
        discarded.forEach(Slot::close);
    }

    /** Takes an environment back after one invocation of {@code version}. */
    public void release(FunctionVersion version, S slot) {
        var discarded = new ArrayList<S>();
        lock.lock();
        try {
            count(version, -1);
            var group = groups.get(key(version));
            if (group != null) {
                group.returning.remove(slot);
            }
            if (closed || group == null || !slot.usable()) {
                environments--;
                discarded.add(slot);
            } else if (!group.deliver(slot, waiting)) {
                keepOrDiscard(group, slot, discarded);
            }
            dispatch(discarded);
        } finally {
            lock.unlock();
        }
        discarded.forEach(Slot::close);
    }

    private void keepOrDiscard(Group<S> group, S slot, List<S> discarded) {
        if (group.retired || !slot.usable()) {
            environments--;
            discarded.add(slot);
        } else {
            group.idle.addLast(new Idle<>(slot, ticker.nanos()));
        }
    }

    /** Starts environments for those who wait longest, as far as permits go. */
    private void dispatch(List<S> discarded) {
        if (closed) {
            return;
        }
        for (var waiter : List.copyOf(waiting)) {
            var group = waiter.group;
            if (permits == 0) {
                return;
            }
            if (group.starting + group.returning.size() >= group.waiters.size()) {
                continue; // enough are on their way
            }
            if (environments >= config.maxEnvironments() && !evict(discarded)) {
                return;
            }
            permits--;
            environments++;
            group.starting++;
            Thread.ofVirtual().name("start-" + group.version.name()).start(() -> start(group));
        }
    }

    private void start(Group<S> group) {
        S slot = null;
        try {
            slot = starter.start(group.version);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "an environment of " + group.version.name() + " cannot be started", e);
        } finally {
            started(group, slot);
        }
    }

    private void started(Group<S> group, @Nullable S slot) {
        var discarded = new ArrayList<S>();
        lock.lock();
        try {
            permits++;
            group.starting--;
            if (slot == null) {
                environments--;
                group.refuseFirst(waiting);
            } else if (closed) {
                environments--;
                discarded.add(slot);
            } else if (!group.deliver(slot, waiting)) {
                keepOrDiscard(group, slot, discarded);
            }
            dispatch(discarded);
        } finally {
            lock.unlock();
        }
        discarded.forEach(Slot::close);
    }

    /** Makes room by ending the environment that has been idle longest, whichever function's it is. */
    private boolean evict(List<S> discarded) {
        Group<S> oldest = null;
        long since = Long.MAX_VALUE;
        for (var group : groups.values()) {
            var first = group.idle.peekFirst();
            if (first != null && first.since() < since) {
                oldest = group;
                since = first.since();
            }
        }
        if (oldest == null) {
            return false;
        }
        discarded.add(oldest.idle.removeFirst().slot());
        environments--;
        return true;
    }

    /** Ends what {@code version} has idle, and later what it has busy: it was replaced or deleted. */
    public void retire(FunctionVersion version) {
        discardIdle(group -> group.version.versionArn().equals(version.versionArn()), Long.MAX_VALUE, true);
    }

    /** Ends what has been idle for long; to be called now and then. */
    public void reap() {
        discardIdle(group -> true, ticker.nanos() - config.idle().toNanos(), false);
    }

    private void discardIdle(Predicate<Group<S>> which, long before, boolean retire) {
        var discarded = new ArrayList<S>();
        lock.lock();
        try {
            for (var group : groups.values()) {
                if (which.test(group)) {
                    group.retired |= retire;
                    while (!group.idle.isEmpty()
                            && (retire || group.idle.getFirst().since() <= before)) {
                        discarded.add(group.idle.removeFirst().slot());
                    }
                }
            }
            environments -= discarded.size();
            groups.values()
                    .removeIf(group -> group.idle.isEmpty()
                            && group.waiters.isEmpty()
                            && group.starting == 0
                            && running.getOrDefault(group.version.functionArn(), 0) == 0);
            dispatch(discarded);
        } finally {
            lock.unlock();
        }
        discarded.forEach(Slot::close);
    }

    /** Ends all idle environments; whoever waits is throttled. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            waiting.forEach(waiter -> waiter.slot.completeExceptionally(new IllegalStateException("closing")));
        } finally {
            lock.unlock();
        }
        discardIdle(group -> true, Long.MAX_VALUE, true);
    }

    private void count(FunctionVersion version, int change) {
        for (var key : List.of(version.functionArn(), account(version.scope()))) {
            running.merge(key, change, (old, by) -> old + by == 0 ? null : Integer.valueOf(old + by));
        }
    }

    private static String account(Scope scope) {
        return scope.key();
    }

    private static String key(FunctionVersion version) {
        return version.versionArn() + '#' + version.revision();
    }
}
