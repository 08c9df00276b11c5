// SPDX-License-Identifier: Apache-2.0
package dev.clew.testkit;

import dev.clew.core.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Wall time and elapsed time that move only when a test says so. Safe for use by many threads. */
public final class ManualClock implements InstantSource, Ticker {
    /** 2026-08-07T10:00:00Z, the moment of the examples in the specification. */
    public static final Instant START = Instant.parse("2026-08-07T10:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public long nanos() {
        return Duration.between(START, now.get()).toNanos();
    }

    public void advance(Duration step) {
        now.updateAndGet(instant -> instant.plus(step));
    }
}
