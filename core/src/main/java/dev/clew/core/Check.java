// SPDX-License-Identifier: Apache-2.0
package dev.clew.core;

import java.time.Duration;

/** Argument checks whose messages name the field, the value and the expectation. */
public final class Check {
    private Check() {}

    /** @throws IllegalArgumentException with {@code message} unless {@code holds} */
    public static void argument(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** @throws IllegalArgumentException unless {@code min <= value <= max} */
    public static void inRange(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + min + " to " + max + ")");
        }
    }

    /** @throws IllegalArgumentException unless {@code min <= value <= max} */
    public static void inRange(String name, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + min + " to " + max + ")");
        }
    }
}
