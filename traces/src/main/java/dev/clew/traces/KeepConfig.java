// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces;

import dev.clew.core.Check;
import java.time.Duration;

/**
 * The tail rule: which traces are kept although the sampling rules decided against them.
 *
 * @param filter expression that such a trace must match once it is quiet; "" for no tail rule
 * @param quiet how long after its last document a trace is judged
 * @param bytes of documents that wait for judgement, in memory; what has been quiet longest is judged earlier when there
 *     are more
 * @param traces how many traces are remembered with what was decided
 */
public record KeepConfig(String filter, Duration quiet, long bytes, int traces) {
    public static final KeepConfig NONE = new KeepConfig("", Duration.ofSeconds(30), 64 << 20, 200_000);

    public KeepConfig {
        Check.inRange("traces.keep-quiet", quiet, Duration.ofMillis(100), Duration.ofHours(1));
        Check.inRange("traces.keep-bytes", bytes, 1 << 16, 1L << 40);
        Check.inRange("traces.keep-traces", traces, 1, 100_000_000);
    }

    /** The same with another filter. */
    public KeepConfig with(String expression) {
        return new KeepConfig(expression, quiet, bytes, traces);
    }

    /** The same with other bounds. */
    public KeepConfig withBounds(Duration silence, long most) {
        return new KeepConfig(filter, silence, most, traces);
    }
}
