// SPDX-License-Identifier: Apache-2.0
package dev.clew.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a server did in some time under load.
 *
 * @param calls that were answered with 200
 * @param cpu processor time of the server meanwhile
 */
record Load(long calls, Duration took, Duration cpu) {
    /** One thread's part of a load: makes a call, as often as it is asked to, until it has had enough. */
    @FunctionalInterface
    interface Caller {
        void call(Connection connection) throws IOException, Enough;
    }

    /** Ends a caller's part before its time. */
    static final class Enough extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Calls the server from {@code threads} connections for {@code time}.
     *
     * @throws UncheckedIOException if a call fails
     */
    static Load run(ProcessHandle server, URI endpoint, int threads, Duration time, Caller caller)
            throws InterruptedException {
        var calls = new AtomicLong();
        var failed = new ArrayList<IOException>();
        var cpu = cpu(server);
        long begin = System.nanoTime();
        var callers = new ArrayList<Thread>();
        for (int i = 0; i < threads; i++) {
            callers.add(Thread.ofPlatform().start(() -> {
                try (var connection = new Connection(endpoint)) {
                    while (System.nanoTime() - begin < time.toNanos()) {
                        caller.call(connection);
                        calls.incrementAndGet();
                    }
                } catch (Enough e) {
                    return;
                } catch (IOException e) {
                    synchronized (failed) {
                        failed.add(e);
                    }
                }
            }));
        }
        for (var thread : callers) {
            thread.join();
        }
        if (!failed.isEmpty()) {
            throw new UncheckedIOException(failed.getFirst());
        }
        return new Load(
                calls.get(),
                Duration.ofNanos(System.nanoTime() - begin),
                cpu(server).minus(cpu));
    }

    private static Duration cpu(ProcessHandle server) {
        return server.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    double perSecond() {
        return calls / (took.toNanos() / 1e9);
    }

    /** Calls per second of the server's processor time: what one core does. */
    double perCore() {
        return calls / (cpu.toNanos() / 1e9);
    }
}
