// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.queue;

import java.time.Duration;

/**
 * How long an asynchronous invocation waits before it is tried again. Reads no clock.
 *
 * @param factor multiplies every wait
 */
record RetryDelays(double factor) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** After the {@code tries}-th try failed: one minute, then two. */
    Duration afterFailure(int tries) {
        return scaled(Duration.ofMinutes(Math.clamp(tries, 1, 2)));
    }

    /** After it was throttled {@code times} in a row: one second, doubling up to five minutes. */
    Duration afterThrottle(int times) {
        var doubled = SHORTEST.multipliedBy(1L << Math.clamp(times - 1, 0, 20));
        return scaled(doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled);
    }

    private Duration scaled(Duration delay) {
        return Duration.ofNanos((long) (delay.toNanos() * factor));
    }
}
