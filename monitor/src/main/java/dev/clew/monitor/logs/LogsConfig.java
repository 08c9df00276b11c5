// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import dev.clew.core.Check;
import java.time.Duration;

/**
 * How lines are gathered before they are stored, and how often old ones are removed.
 *
 * @param gather how long the first line of a batch may wait for others
 * @param batchLines how many lines end the wait
 * @param queuedLines how many lines may wait altogether
 * @param queuedBytes how many bytes they may hold
 * @param patience how long a writer waits for room in the queue; its lines are dropped, and counted, after that
 * @param sweepInterval time between two searches for events past their retention
 */
public record LogsConfig(
        Duration gather, int batchLines, int queuedLines, long queuedBytes, Duration patience, Duration sweepInterval) {
    /** At most 32 MB of lines in memory, stored after 50 ms. */
    public static final LogsConfig DEFAULTS = new LogsConfig(
            Duration.ofMillis(50), 2_000, 50_000, 32L * 1024 * 1024, Duration.ofSeconds(2), Duration.ofMinutes(10));

    public LogsConfig {
        Check.inRange("gather", gather, Duration.ZERO, Duration.ofMinutes(1));
        Check.inRange("batchLines", batchLines, 1, 10_000);
        Check.inRange("queuedLines", queuedLines, 1, 10_000_000);
        Check.inRange("queuedBytes", queuedBytes, 1, 1L << 32);
        Check.inRange("patience", patience, Duration.ZERO, Duration.ofMinutes(1));
        Check.inRange("sweepInterval", sweepInterval, Duration.ofSeconds(1), Duration.ofDays(1));
    }
}
