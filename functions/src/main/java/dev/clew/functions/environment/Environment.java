// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One running execution environment. Its owner awaits the init, then hands it one invocation at a time; the process asks
 * for them through {@link RuntimeApi}. Safe for use by many threads, but {@link #invoke} by one at a time.
 *
 * <p>What both sides wait for is one condition over few fields: work given, work answered, process ended.
 */
public final class Environment implements AutoCloseable {
    private final String id;
    private final Process process;
    private final OutputReader output;
    private final Path folder;
    private final InstantSource time;
    private final Instant started;
    private final Runnable whenClosed;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable InitResult init;
    private @Nullable Work offered; // given by the owner, not yet fetched
    private @Nullable Work running; // fetched, not yet answered
    private @Nullable WorkResult result;
    private boolean polling; // the process waits for work
    private boolean ended;

    Environment(String id, Process process, OutputReader output, Path folder, InstantSource time, Runnable whenClosed) {
        this.id = id;
        this.process = process;
        this.output = output;
        this.folder = folder;
        this.time = time;
        this.started = time.instant();
        this.whenClosed = whenClosed;
        process.onExit().thenAccept(exited -> exited(exited.exitValue()));
    }

    /** Unguessable; the first element of its Runtime API paths. */
    public String id() {
        return id;
    }

    public long pid() {
        return process.pid();
    }

    /** When the process was started. */
    public Instant started() {
        return started;
    }

    /** Waits until the runtime asks for work, fails to load the function, or ends. */
    public InitResult awaitInit(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            await(patience, () -> init != null);
            return init == null ? new InitResult.StillStarting(time.instant()) : init;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs one invocation to its end. When the time runs out the process is ended.
     *
     * @throws IllegalStateException if another invocation is under way
     */
    public WorkResult invoke(Work work, Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            if (offered != null || running != null) {
                throw new IllegalStateException("environment is busy");
            }
            result = null;
            offered = work;
            changed.signalAll();
            await(timeout, () -> result != null || ended);
            if (result != null) {
                return result;
            }
            if (!ended) {
                var timedOut = new WorkResult.TimedOut(time.instant());
                close();
                return timedOut;
            }
            return new WorkResult.Exited(status(), time.instant());
        } finally {
            offered = null;
            running = null;
            lock.unlock();
        }
    }

    /** Waits until the process asks for its next invocation: what it did after answering is over. */
    public boolean awaitReady(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            await(patience, () -> polling || ended);
            return polling && !ended;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until whoever listens has got everything that the process wrote until now, as far as that can be told. */
    public void awaitOutput(Duration patience) throws InterruptedException {
        output.drain(patience);
    }

    /** Whether the process runs. */
    public boolean alive() {
        lock.lock();
        try {
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    /** The most memory the process ever had resident, in bytes; empty where the operating system does not tell. */
    public OptionalLong peakMemory() {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return OptionalLong.empty();
        }
    }

    /** Ends the process and what it started, and removes its temporary folder. */
    @Override
    public void close() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        whenClosed.run();
        TemporaryFolders.delete(folder);
    }

    // ---- the process's side, called by RuntimeApi

    /** The next invocation: waits without limit; null when the environment has ended. */
    @Nullable
    Work next() throws InterruptedException {
        lock.lock();
        try {
            if (init == null) {
                init = new InitResult.Ready(time.instant());
            }
            polling = true;
            changed.signalAll();
            while (offered == null && !ended) {
                changed.await();
            }
            polling = false;
            running = offered;
            offered = null;
            return ended ? null : running;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the answer to the running invocation; false if {@code requestId} names another. */
    boolean answer(String requestId, WorkResult answer) {
        lock.lock();
        try {
            if (running == null || result != null || !running.requestId().equals(requestId)) {
                return false;
            }
            result = answer;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the report that the function cannot be loaded; false if it is ready already. */
    boolean failInit(byte[] payload, String errorType) {
        lock.lock();
        try {
            if (init != null) {
                return false;
            }
            init = new InitResult.Failed(payload, errorType, time.instant());
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void exited(int status) {
        lock.lock();
        try {
            ended = true;
            if (init == null) {
                init = new InitResult.Exited(status, time.instant());
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        whenClosed.run();
        TemporaryFolders.delete(folder);
    }

    private int status() {
        return process.isAlive() ? -1 : process.exitValue();
    }

    /** Waits under the lock until {@code done} or {@code patience} is over. */
    private void await(Duration patience, BooleanSupplier done) throws InterruptedException {
        long nanos = patience.toNanos();
        while (!done.getAsBoolean() && nanos > 0) {
            nanos = changed.awaitNanos(nanos);
        }
    }
}
