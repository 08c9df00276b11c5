// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Does what need not be done before a caller has its answer: segments and access logs. Bounded: when too much is in
 * flight the caller does it itself and waits, so that nothing is dropped. Safe for use by many threads.
 */
public final class Afterwards {
    private static final Logger LOG = System.getLogger(Afterwards.class.getName());
    private static final int MAX_IN_FLIGHT = 512;

    private final Semaphore permits = new Semaphore(MAX_IN_FLIGHT);

    /** Runs {@code task} soon. Its failure is logged. */
    void run(Runnable task) {
        if (!permits.tryAcquire()) {
            guarded(task);
            return;
        }
        Thread.ofVirtual().name("gateway-afterwards").start(() -> {
            try {
                guarded(task);
            } finally {
                permits.release();
            }
        });
    }

    /** Waits until all that has begun is done; false if that takes longer than {@code patience}. */
    public boolean drain(Duration patience) throws InterruptedException {
        if (!permits.tryAcquire(MAX_IN_FLIGHT, patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        permits.release(MAX_IN_FLIGHT);
        return true;
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failure) {
            // the answer is on its way already; all that is lost is the record of it
            LOG.log(Level.WARNING, "segment or access log not written: " + failure.getMessage(), failure);
        }
    }
}
