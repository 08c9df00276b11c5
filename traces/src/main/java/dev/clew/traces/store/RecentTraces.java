// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.store;

import dev.clew.core.trace.TraceId;
import dev.clew.traces.document.SegmentDocument;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The traces touched last, in memory: bounded by number and bytes, least recently touched ones leave. Safe for use by
 * many threads; holds its lock for moments only.
 */
final class RecentTraces {
    private static final long CLOCK_SKEW = Duration.ofMinutes(10).toSeconds();

    private final InstantSource time;
    private final long maxBytes;
    private final int maxTraces;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<TraceKey, LiveTrace> traces = new LinkedHashMap<>(1_024, 0.75f, true);
    private long bytes;

    /** Traces that began after this epoch second cannot have left memory, nor have been stored by an earlier process. */
    private long freshAfter;

    /** @param storedUntil when the last document arrived that an earlier process may have stored */
    RecentTraces(InstantSource time, Instant storedUntil, long maxBytes, int maxTraces) {
        this.time = time;
        this.maxBytes = maxBytes;
        this.maxTraces = maxTraces;
        this.freshAfter = Math.min(now(), storedUntil.getEpochSecond()) + CLOCK_SKEW;
    }

    private long now() {
        return time.instant().getEpochSecond();
    }

    /** Adds documents of one trace. */
    void add(TraceKey key, List<SegmentDocument> documents) {
        lock.lock();
        try {
            var trace = touch(key);
            for (var document : documents) {
                bytes += trace.add(document);
            }
            evict();
        } finally {
            lock.unlock();
        }
    }

    /** The trace, put in place empty if it is not here. */
    LiveTrace open(TraceKey key) {
        lock.lock();
        try {
            return touch(key);
        } finally {
            lock.unlock();
        }
    }

    /** The trace if it is here. */
    Optional<LiveTrace> find(TraceKey key) {
        lock.lock();
        try {
            return Optional.ofNullable(traces.get(key));
        } finally {
            lock.unlock();
        }
    }

    /** Adds to {@code trace} what is stored of it. */
    void complete(TraceKey key, LiveTrace trace, List<SegmentDocument> stored) {
        lock.lock();
        try {
            long grown = trace.complete(stored);
            if (traces.get(key) == trace) {
                bytes += grown;
            }
            evict();
        } finally {
            lock.unlock();
        }
    }

    /** Takes an empty trace away again. */
    void removeIfEmpty(TraceKey key, LiveTrace trace) {
        lock.lock();
        try {
            if (trace.empty()) {
                traces.remove(key, trace);
            }
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        lock.lock();
        try {
            traces.clear();
            bytes = 0;
        } finally {
            lock.unlock();
        }
    }

    private LiveTrace touch(TraceKey key) {
        return traces.computeIfAbsent(key, added -> new LiveTrace(isFresh(key.id())));
    }

    private boolean isFresh(TraceId id) {
        return id.epochSecond() > freshAfter && id.epochSecond() <= now() + CLOCK_SKEW;
    }

    private void evict() {
        while (traces.size() > 1 && (bytes > maxBytes || traces.size() > maxTraces)) {
            var eldest = traces.pollFirstEntry();
            bytes -= eldest.getValue().bytes();
            long began = eldest.getKey().id().epochSecond();
            if (began <= now() + CLOCK_SKEW) { // later ones carry no time and are never fresh
                freshAfter = Math.max(freshAfter, began);
            }
        }
    }
}
