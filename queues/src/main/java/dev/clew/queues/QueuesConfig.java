// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues;

import dev.clew.core.Check;
import java.time.Duration;

/**
 * Settings of the queues.
 *
 * @param recreateDelay how long the name of a deleted queue cannot be used again
 * @param maxQueues in all accounts and regions
 * @param maxMessages in all queues, deduplication ids that are remembered included; each takes some 300 bytes of memory
 * @param maxInFlight messages of one queue that are received and not deleted
 * @param maxWaiting requests that wait for messages at once
 */
public record QueuesConfig(Duration recreateDelay, int maxQueues, long maxMessages, int maxInFlight, int maxWaiting) {
    public static final QueuesConfig DEFAULTS =
            new QueuesConfig(Duration.ofSeconds(60), 10_000, 1_000_000, 120_000, 10_000);

    public QueuesConfig {
        Check.inRange("queues.recreate-delay", recreateDelay, Duration.ZERO, Duration.ofHours(1));
        Check.inRange("queues.max-queues", maxQueues, 1, 1_000_000);
        Check.inRange("queues.max-messages", maxMessages, 1, 1_000_000_000);
        Check.inRange("queues.max-in-flight", maxInFlight, 1, 1_000_000);
        Check.inRange("queues.max-waiting", maxWaiting, 1, 1_000_000);
    }

    /** The same with another delay. */
    public QueuesConfig withRecreateDelay(Duration delay) {
        return new QueuesConfig(delay, maxQueues, maxMessages, maxInFlight, maxWaiting);
    }
}
