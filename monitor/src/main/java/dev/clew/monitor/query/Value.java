// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.query;

import java.util.List;

/** What an expression, or a part of it, comes to. */
sealed interface Value {
    /** One number, the same at all times. */
    record Scalar(double number) implements Value {}

    /** Numbers over time. */
    record Series(TimeSeries series) implements Value {}

    /** Several of them. */
    record Array(List<TimeSeries> series) implements Value {
        public Array {
            series = List.copyOf(series);
        }
    }

    /** A word or a quoted text, for the functions that take one. */
    record Text(String text) implements Value {}
}
