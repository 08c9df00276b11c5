// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.NullUnmarked;

/** Waits for what other threads and processes do. */
@NullUnmarked
public final class Eventually {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private Eventually() {}

    /** Fails unless {@code condition} holds within a generous time. */
    public static void holds(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
