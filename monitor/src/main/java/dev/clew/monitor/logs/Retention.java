// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import dev.clew.core.store.Store;
import dev.clew.core.store.Store.Entry;
import dev.clew.core.store.WriteBatch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Removes events that have expired, streams whose every event has, and what deleted streams left. Readers skip expired
 * events by themselves: nothing depends on when this runs.
 */
final class Retention implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Retention.class.getName());
    private static final int STEP = 64;

    private final Store store;
    private final InstantSource time;
    private final Groups groups;
    private final Streams streams;
    private final DeletedStreams deleted;
    private final LogLocks locks;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    Retention(
            Store store,
            InstantSource time,
            Groups groups,
            Streams streams,
            DeletedStreams deleted,
            LogLocks locks,
            Duration interval) {
        this.store = store;
        this.time = time;
        this.groups = groups;
        this.streams = streams;
        this.deleted = deleted;
        this.locks = locks;
        this.thread = Thread.ofVirtual().name("clew-logs-retention").unstarted(() -> run(interval));
    }

    void start() {
        thread.start();
    }

    private void run(Duration interval) {
        try {
            do {
                sweepAndReport();
            } while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "retention was interrupted", e);
        }
    }

    private void sweepAndReport() {
        try {
            sweep();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "old log events could not be removed; the next sweep tries again", e);
        }
    }

    /** Removes all that has expired by now. */
    void sweep() {
        deleted.purge();
        for (var group : groups.all()) {
            long horizon = group.horizon(time.instant());
            if (horizon > 0) {
                removeEvents(group, Position.startOf(horizon));
                removeEmptied(group, horizon);
            }
        }
    }

    private void removeEvents(Group group, Position horizon) {
        var from = Position.startOf(0).key(group.id());
        var to = horizon.key(group.id());
        List<Entry> expired;
        do {
            expired = store.scan(EventReader.TABLE, from, to, STEP);
            var step = expired;
            locks.restructuring(() -> remove(group, step));
        } while (expired.size() == STEP && closed.getCount() > 0);
    }

    private void remove(Group group, List<Entry> expired) {
        var batch = new WriteBatch();
        var updated = new HashMap<String, Stream>();
        for (var entry : expired) {
            var event = Event.decode(entry);
            batch.delete(EventReader.TABLE, entry.key());
            var stream = updated.get(event.stream());
            if (stream == null) {
                stream = streams.find(group, event.stream())
                        .filter(found -> found.id() == event.streamId())
                        .orElse(null);
            }
            if (stream != null) {
                updated.put(event.stream(), stream.without(size(event)));
            }
        }
        updated.values().forEach(stream -> streams.stage(batch, group, stream));
        store.commit(batch);
    }

    private static long size(Event event) {
        return Event.size(event.message().getBytes(StandardCharsets.UTF_8));
    }

    private void removeEmptied(Group group, long horizon) {
        streams.forEach(group, candidate -> {
            if (hasExpired(candidate, horizon)) {
                locks.restructuring(() -> streams.find(group, candidate.name())
                        .filter(stream -> hasExpired(stream, horizon))
                        .ifPresent(stream -> {
                            var batch = new WriteBatch();
                            streams.stageRemoval(batch, group, stream);
                            store.commit(batch);
                        }));
            }
        });
    }

    private static boolean hasExpired(Stream stream, long horizon) {
        var last = stream.last();
        return last != null && last < horizon && stream.created() < horizon;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
