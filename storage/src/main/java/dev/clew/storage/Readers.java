// SPDX-License-Identifier: Apache-2.0
package dev.clew.storage;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Platform threads that read on behalf of virtual ones.
 *
 * <p>A native call pins the carrier of a virtual thread: a few slow reads would stop every other virtual thread of the
 * process. A platform thread calls directly. At most {@code waiting} reads are handed over at a time; more park.
 */
final class Readers {
    private final ExecutorService threads;
    private final Semaphore permits;

    Readers(int threads, int waiting) {
        this.threads = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("clew-read-", 0).daemon(true).factory());
        this.permits = new Semaphore(waiting);
    }

    /** The result of {@code read}, which ran on a platform thread. An interrupt does not cut it short. */
    <T extends @Nullable Object> T call(Supplier<T> read) {
        if (!Thread.currentThread().isVirtual()) {
            return read.get();
        }
        permits.acquireUninterruptibly();
        try {
            return CompletableFuture.supplyAsync(read, threads).join();
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the store is closed", e);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            permits.release();
        }
    }

    /** Waits for the reads in progress. */
    void close() {
        threads.close();
    }
}
