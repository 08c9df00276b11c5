// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import dev.clew.core.Check;
import java.time.Duration;

/**
 * Settings of API destinations.
 *
 * @param local whether endpoints may be plain HTTP, on this machine or in its network
 * @param forwardTrace whether requests carry {@code X-Amzn-Trace-Id}
 * @param timeout of a request, from its begin to the end of its answer
 * @param maxAnswerBytes of an answer that are read
 * @param maxRateWait longest wait for a turn under a destination's rate limit within an attempt
 * @param perScope most connections, and most destinations, of one account and region
 */
public record DestinationsConfig(
        boolean local, boolean forwardTrace, Duration timeout, int maxAnswerBytes, Duration maxRateWait, int perScope) {
    public static final DestinationsConfig DEFAULTS =
            new DestinationsConfig(true, true, Duration.ofSeconds(5), 65_536, Duration.ofSeconds(60), 3_000);

    public DestinationsConfig {
        Check.inRange("events.destinations.timeout", timeout, Duration.ofMillis(1), Duration.ofMinutes(1));
        Check.inRange("events.destinations.max-answer-bytes", maxAnswerBytes, 1_024, 1 << 20);
        Check.inRange("events.destinations.max-rate-wait", maxRateWait, Duration.ZERO, Duration.ofMinutes(10));
        Check.inRange("events.destinations.per-scope", perScope, 1, 100_000);
    }

    /** The same with other permissions. */
    public DestinationsConfig with(boolean mayBeLocal, boolean traced) {
        return new DestinationsConfig(mayBeLocal, traced, timeout, maxAnswerBytes, maxRateWait, perScope);
    }
}
