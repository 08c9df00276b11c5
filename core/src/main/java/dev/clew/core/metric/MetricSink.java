// SPDX-License-Identifier: Apache-2.0
package dev.clew.core.metric;

import dev.clew.core.Scope;
import java.util.Map;

/**
 * Where the platform's own parts count what they do. Implemented by the metric store, in memory: cheap enough for every
 * delivery, never blocks on a disk, never throws. Best effort: the last minute may be lost in a crash. Safe for use by
 * many threads.
 */
@FunctionalInterface
public interface MetricSink {
    /** Takes everything and keeps nothing. */
    MetricSink NONE = (source, name, unit, value) -> {};

    /** Adds one value, at the present time. */
    void record(Source source, String name, Unit unit, double value);

    /** {@link #record} of one more thing that happened. */
    default void count(Source source, String name) {
        record(source, name, Unit.COUNT, 1);
    }

    /**
     * What a metric is about.
     *
     * @param namespace for example {@code AWS/Events}
     * @param dimensions values by name
     */
    record Source(Scope scope, String namespace, Map<String, String> dimensions) {
        public Source {
            dimensions = Map.copyOf(dimensions);
        }
    }

    /** Units of the platform's own metrics. */
    enum Unit {
        COUNT("Count"),
        MILLISECONDS("Milliseconds"),
        SECONDS("Seconds"),
        BYTES("Bytes");

        private final String text;

        Unit(String text) {
            this.text = text;
        }

        /** As CloudWatch spells it. */
        public String text() {
            return text;
        }
    }
}
