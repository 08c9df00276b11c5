// SPDX-License-Identifier: Apache-2.0
package dev.clew.core.log;

import dev.clew.core.Scope;
import java.time.Instant;
import java.util.List;

/** Where functions and stages write their logs. Implemented by the log store; safe for use by many threads. */
public interface LogSink {
    /**
     * Appends {@code lines} in order. Group and stream come into being with their first line. Best effort against a
     * crash: lines of the last moments may be lost.
     */
    void append(Scope scope, String group, String stream, List<Line> lines);

    /** One log event. */
    record Line(Instant time, String message) {}
}
