// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Hands out turns evenly: never more in a second than allowed. Holds no thread. Safe for use by many threads. */
final class RateLimit {
    private long free = Long.MIN_VALUE;

    /**
     * How long to wait for the next turn, which is then taken; nothing, and no turn, if that is longer than {@code longest}.
     *
     * @param now of a ticker
     */
    synchronized Optional<Duration> reserve(long now, int perSecond, Duration longest) {
        long turn = free == Long.MIN_VALUE ? now : Math.max(now, free);
        var wait = Duration.ofNanos(turn - now);
        if (wait.compareTo(longest) > 0) {
            return Optional.empty();
        }
        free = turn + TimeUnit.SECONDS.toNanos(1) / perSecond;
        return Optional.of(wait);
    }
}
