// SPDX-License-Identifier: Apache-2.0
package dev.clew.storage;

import dev.clew.core.Check;

/**
 * Memory and queues of a {@link RocksStore}.
 *
 * @param blockCacheBytes for decompressed blocks, indexes and filters of all tables together
 * @param writeBufferBytes for what all tables together hold before it is sorted into files
 * @param queuedBatches how many commits may wait for the one in progress; more wait outside
 * @param queuedBytes how many bytes they may hold together
 * @param batchBytes the largest single batch
 * @param readerThreads platform threads that read on behalf of virtual threads
 * @param waitingReads how many reads may wait for them; more wait outside
 */
public record RocksSettings(
        long blockCacheBytes,
        long writeBufferBytes,
        int queuedBatches,
        long queuedBytes,
        long batchBytes,
        int readerThreads,
        int waitingReads) {
    private static final long MEGABYTE = 1024 * 1024;

    /** For a small machine: about 130 MB of native memory at most, a few when idle. */
    public static final RocksSettings DEFAULTS =
            new RocksSettings(64 * MEGABYTE, 48 * MEGABYTE, 4_096, 64 * MEGABYTE, 64 * MEGABYTE, 2, 256);

    public RocksSettings {
        Check.inRange("blockCacheBytes", blockCacheBytes, MEGABYTE, Long.MAX_VALUE);
        Check.inRange("writeBufferBytes", writeBufferBytes, MEGABYTE, Long.MAX_VALUE);
        Check.inRange("queuedBatches", queuedBatches, 1, Integer.MAX_VALUE);
        Check.inRange("queuedBytes", queuedBytes, 1, Integer.MAX_VALUE);
        Check.inRange("batchBytes", batchBytes, 1, Integer.MAX_VALUE);
        Check.inRange("readerThreads", readerThreads, 1, 64);
        Check.inRange("waitingReads", waitingReads, 1, Integer.MAX_VALUE);
    }
}
