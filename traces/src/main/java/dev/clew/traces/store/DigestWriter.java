// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The thread that renews stale digests and drops what is older than retention.
 *
 * <p>After the first stale digest it waits a moment, so that the documents of one trace, which come within
 * milliseconds of each other, cost one digest and not one each.
 */
public final class DigestWriter implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DigestWriter.class.getName());
    private static final Duration RETENTION_CHECK = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final TraceStore traces;
    private final InstantSource time;
    private final Duration delay;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private @Nullable Instant lastCheck;

    private DigestWriter(TraceStore traces, InstantSource time, Duration delay) {
        this.traces = traces;
        this.time = time;
        this.delay = delay;
        // A platform thread: digests are computed, not waited for, and would hold a carrier of virtual threads.
        this.thread = Thread.ofPlatform().daemon().name("clew-traces-digests").unstarted(this::run);
    }

    /** @param delay how long a digest may stay stale */
    public static DigestWriter start(TraceStore traces, InstantSource time, Duration delay) {
        var writer = new DigestWriter(traces, time, delay);
        writer.thread.start();
        return writer;
    }

    private void run() {
        try {
            do {
                var pause = work();
                if (closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                    break;
                }
                traces.awaitStale(PATIENCE);
            } while (closing.getCount() > 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed while it waited
        }
    }

    /** Does what is due; returns how long to let more come in. */
    private Duration work() {
        try {
            traces.refresh();
            var now = time.instant();
            if (lastCheck == null || lastCheck.plus(RETENTION_CHECK).isBefore(now)) {
                lastCheck = now;
                traces.expire();
            }
            return delay;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "digests stay stale for now: " + e.getMessage(), e);
            return AFTER_FAILURE;
        }
    }

    /** Renews what is stale a last time and ends the thread. */
    @Override
    public void close() {
        closing.countDown();
        traces.endWaits(); // not by interruption, which could hit the thread inside a commit
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        traces.refresh();
    }
}
