// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.invoke;

import dev.clew.core.Scope;
import dev.clew.core.log.LogSink;
import dev.clew.core.log.LogSink.Line;
import java.time.Instant;
import java.util.List;

/**
 * The log stream of one environment: what the function writes and what the platform says around it, in order. Keeps the
 * last lines of the current invocation. Safe for use by many threads.
 */
final class EnvironmentLog {
    private static final int TAIL = 4_096;

    private final LogSink sink;
    private final Scope scope;
    private final String group;
    private final String stream;
    private final StringBuilder tail = new StringBuilder();

    EnvironmentLog(LogSink sink, Scope scope, String group, String stream) {
        this.sink = sink;
        this.scope = scope;
        this.group = group;
        this.stream = stream;
    }

    String group() {
        return group;
    }

    String stream() {
        return stream;
    }

    /** Appends one event; {@code message} ends with its line break. */
    synchronized void append(Instant time, String message) {
        tail.append(message);
        if (tail.length() > 4 * TAIL) {
            tail.delete(0, tail.length() - TAIL);
        }
        sink.append(scope, group, stream, List.of(new Line(time, message)));
    }

    /** Begins the tail of another invocation. */
    synchronized void startTail() {
        tail.setLength(0);
    }

    /** The last 4 KB of the invocation's events. */
    synchronized String tail() {
        return tail.substring(Math.max(0, tail.length() - TAIL));
    }
}
