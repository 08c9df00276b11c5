// SPDX-License-Identifier: Apache-2.0
package dev.clew.core;

/** A source of elapsed time, unrelated to any calendar: only differences mean something. */
@FunctionalInterface
public interface Ticker {
    /** Nanoseconds since an arbitrary fixed origin; never decreases. */
    long nanos();

    /** The ticker of this process. Only the composition root names it. */
    static Ticker system() {
        return System::nanoTime;
    }
}
