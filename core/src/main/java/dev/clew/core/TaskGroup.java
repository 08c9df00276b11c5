// SPDX-License-Identifier: Apache-2.0
package dev.clew.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A block of concurrent tasks that ends as a whole: nothing outlives {@link #close()}, the first failure is rethrown by
 * {@link #join}, and the rest are interrupted. Each task runs on a virtual thread of its own.
 *
 * <p>Stands in for {@code StructuredTaskScope}, still a preview in Java 25; replace it when that is final. Not safe for
 * use by many threads: the opener forks, joins and closes.
 */
public final class TaskGroup implements AutoCloseable {
    private final String name;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<CountDownLatch> ends = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private TaskGroup(String name) {
        this.name = name;
    }

    /** An empty group whose threads are called {@code name-0}, {@code name-1}, … */
    public static TaskGroup open(String name) {
        return new TaskGroup(name);
    }

    /** Starts {@code task} at once. */
    public void fork(Callable<?> task) {
        var end = new CountDownLatch(1);
        ends.add(end);
        threads.add(Thread.ofVirtual().name(name + "-" + threads.size()).start(() -> {
            try {
                task.call();
            } catch (Throwable thrown) {
                if (failure.compareAndSet(null, thrown)) {
                    threads.stream()
                            .filter(thread -> thread != Thread.currentThread())
                            .forEach(Thread::interrupt);
                }
            } finally {
                end.countDown();
            }
        }));
    }

    /**
     * Waits until every task has ended.
     *
     * @throws TimeoutException if {@code patience} runs out first; the tasks go on until {@link #close()}
     * @throws IllegalStateException whose cause is the first failure, if a task failed
     */
    public void join(Duration patience) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (var end : ends) {
            if (!end.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new TimeoutException(name + ": tasks still run after " + patience);
            }
        }
        var first = failure.get();
        if (first != null) {
            throw new IllegalStateException(name + ": a task failed", first);
        }
    }

    /** Interrupts what still runs and waits for its end. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        var interrupted = false;
        for (var end : ends) {
            while (true) {
                try {
                    end.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
