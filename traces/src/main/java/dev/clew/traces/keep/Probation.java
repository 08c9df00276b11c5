// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.keep;

import dev.clew.core.Scope;
import dev.clew.core.trace.TraceId;
import dev.clew.traces.KeepConfig;
import dev.clew.traces.document.SegmentDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The documents of traces that wait for judgement, and what was decided of others: bounded by bytes and number. Safe for
 * use by many threads; holds its lock for moments only.
 */
final class Probation {
    /** What a document takes beside its bytes: entities, their texts, map entry; an estimate. */
    private static final int OVERHEAD = 1_500;

    private final KeepConfig config;
    private final ReentrantLock lock = new ReentrantLock();

    /** In the order of their last documents. */
    private final LinkedHashMap<Key, Trial> trials = new LinkedHashMap<>();

    /** Traces that the head decided against, and whether they were kept in the end. */
    private final LinkedHashMap<Key, Boolean> verdicts = new LinkedHashMap<>(64, 0.75f, true);

    private long bytes;

    Probation(KeepConfig config) {
        this.config = config;
    }

    record Key(Scope scope, TraceId trace) {}

    /** The documents of one trace that are held. */
    static final class Trial {
        final Key key;
        private final Map<String, SegmentDocument> documents = new LinkedHashMap<>();
        private Instant last = Instant.EPOCH;
        private long bytes;

        private Trial(Key key) {
            this.key = key;
        }

        Collection<SegmentDocument> documents() {
            return documents.values();
        }

        private void add(SegmentDocument document, Instant now) {
            last = now;
            var old = documents.get(document.id());
            if (old == null || !document.inProgress() || old.inProgress()) {
                documents.put(document.id(), document);
                bytes += document.json().length + OVERHEAD - (old == null ? 0 : old.json().length + OVERHEAD);
            }
        }
    }

    /** From now on the documents of this trace are held. */
    void begin(Key key) {
        lock.lock();
        try {
            decide(key, false);
        } finally {
            lock.unlock();
        }
    }

    private void decide(Key key, boolean kept) {
        verdicts.put(key, kept);
        if (verdicts.size() > config.traces()) {
            verdicts.pollFirstEntry();
        }
    }

    /** What became of {@code trial}: if it was kept, later documents of the trace are not held. */
    void decided(Trial trial, boolean kept) {
        lock.lock();
        try {
            decide(trial.key, kept);
        } finally {
            lock.unlock();
        }
    }

    /** Holds what is to be held; the rest is returned. */
    List<SegmentDocument> hold(Scope scope, List<SegmentDocument> documents, Instant now) {
        lock.lock();
        try {
            if (verdicts.isEmpty() && trials.isEmpty()) {
                return documents;
            }
            var others = new ArrayList<SegmentDocument>(documents.size());
            for (var document : documents) {
                var key = new Key(scope, document.traceId());
                if (trials.containsKey(key) || Boolean.FALSE.equals(verdicts.get(key))) {
                    hold(key, document, now);
                } else {
                    others.add(document);
                }
            }
            return others;
        } finally {
            lock.unlock();
        }
    }

    private void hold(Key key, SegmentDocument document, Instant now) {
        var held = trials.remove(key);
        var trial = held == null ? new Trial(key) : held;
        bytes -= trial.bytes;
        trial.add(document, now);
        bytes += trial.bytes;
        trials.put(key, trial); // last in order again
    }

    /** Puts back what could not be judged. */
    void putBack(Trial trial, Instant now) {
        lock.lock();
        try {
            trial.documents().forEach(document -> hold(trial.key, document, now));
        } finally {
            lock.unlock();
        }
    }

    /** The trace that has been quiet longest, if it has been since {@code before}; it is no longer held. */
    @Nullable
    Trial quiet(Instant before) {
        lock.lock();
        try {
            var eldest = trials.firstEntry();
            return eldest != null && !eldest.getValue().last.isAfter(before) ? takeEldest() : null;
        } finally {
            lock.unlock();
        }
    }

    /** The trace that has been quiet longest, if more is held than should be; it is no longer held. */
    @Nullable
    Trial excess() {
        lock.lock();
        try {
            return bytes > config.bytes() ? takeEldest() : null;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Trial takeEldest() {
        var eldest = trials.pollFirstEntry();
        if (eldest == null) {
            return null;
        }
        bytes -= eldest.getValue().bytes;
        return eldest.getValue();
    }

    /** Bytes that are held, with an estimate of what they take beside themselves. */
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        lock.lock();
        try {
            trials.clear();
            verdicts.clear();
            bytes = 0;
        } finally {
            lock.unlock();
        }
    }
}
