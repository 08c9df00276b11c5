// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor;

import dev.clew.core.Scope;
import dev.clew.core.log.LogSink;
import dev.clew.core.store.Store;
import dev.clew.monitor.logs.LineWatcher;
import dev.clew.monitor.logs.LogArchive;
import dev.clew.monitor.logs.LogsConfig;
import dev.clew.wire.ServiceBinding;
import java.time.Instant;
import java.time.InstantSource;

/** CloudWatch Logs: the service, and the sink that functions and stages write to. Safe for use by many threads. */
public final class Logs implements AutoCloseable {
    private final LogArchive archive;

    /**
     * Reads the groups and starts two threads: one stores lines, one removes what has expired.
     *
     * @param store stays open when this is closed; close this first
     * @param watcher sees each line once it is stored
     */
    public Logs(Store store, InstantSource time, LogsConfig config, LineWatcher watcher) {
        this.archive = new LogArchive(store, time, config, watcher);
    }

    /** The operations of CloudWatch Logs. */
    public ServiceBinding binding() {
        return archive.binding();
    }

    /**
     * Best effort: lines are stored a moment later, many at once, and a crash loses the last ones. When lines come faster
     * than they can be stored, a writer waits for a while; after that its lines are dropped and counted. A line of more
     * than 1 MB is cut and says so. Every query sees the lines appended before it.
     */
    public LogSink sink() {
        return archive.sink();
    }

    /**
     * Appends one line to a group that exists, in a stream that need not; durable when it returns.
     *
     * @param message at most 1 MB
     * @return false if there is no such group
     */
    public boolean put(Scope scope, String group, String stream, Instant time, String message) {
        return archive.put(scope, group, stream, time, message);
    }

    /** Returns when every line appended before is stored, or given up. */
    public void flush() {
        archive.flush();
    }

    /** Lines that found no room, or could not be stored, since the start. */
    public long droppedLines() {
        return archive.droppedLines();
    }

    /** Stores what was appended and stops the threads. Lines appended later are dropped. */
    @Override
    public void close() {
        archive.close();
    }
}
