// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.queue;

import dev.clew.core.Check;
import java.time.Duration;

/**
 * How asynchronous invocations are kept and retried.
 *
 * @param limit invocations that may be queued, beyond which callers are throttled
 * @param concurrencyPerFunction attempts of one function at once
 * @param delayFactor multiplies the waits before retries; 1 is the original's one and two minutes
 * @param remember how long the id of a finished invocation is known, so that the same one is not run again
 * @param rememberLimit ids of finished invocations that are known at most
 */
public record AsyncConfig(
        int limit, int concurrencyPerFunction, double delayFactor, Duration remember, int rememberLimit) {
    public static final AsyncConfig DEFAULTS = new AsyncConfig(100_000, 50, 1, Duration.ofMinutes(15), 50_000);

    public AsyncConfig {
        Check.inRange("functions.async.limit", limit, 1, 10_000_000);
        Check.inRange("functions.async.concurrency-per-function", concurrencyPerFunction, 1, 10_000);
        Check.argument(
                delayFactor >= 0 && delayFactor <= 100,
                "functions.async.delay-factor: " + delayFactor + " (expected: 0 to 100)");
        Check.inRange("functions.async.remember", remember, Duration.ZERO, Duration.ofDays(1));
        Check.inRange("functions.async.remember-limit", rememberLimit, 0, 10_000_000);
    }

    /** The same, with waits before retries multiplied by {@code factor}. */
    public AsyncConfig withDelayFactor(double factor) {
        return new AsyncConfig(limit, concurrencyPerFunction, factor, remember, rememberLimit);
    }
}
