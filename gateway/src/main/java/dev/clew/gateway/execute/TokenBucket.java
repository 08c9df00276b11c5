// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import java.time.Duration;
import java.time.Instant;

/** Lets so many requests through per second on average, and so many at once. Safe for use by many threads. */
final class TokenBucket {
    private final double ratePerSecond;
    private final int burst;
    private double tokens;
    private Instant refilled;

    /** Full at {@code now}. */
    TokenBucket(double ratePerSecond, int burst, Instant now) {
        this.ratePerSecond = ratePerSecond;
        this.burst = burst;
        this.tokens = burst;
        this.refilled = now;
    }

    /** Whether a request may pass at {@code now}; takes its token if so. */
    synchronized boolean tryTake(Instant now) {
        if (now.isAfter(refilled)) {
            double seconds = Duration.between(refilled, now).toNanos() / 1e9;
            tokens = Math.min(burst, tokens + seconds * ratePerSecond);
            refilled = now;
        }
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
