// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.store;

import dev.clew.core.Scope;
import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import dev.clew.core.trace.TraceId;
import dev.clew.traces.TracesConfig;
import dev.clew.traces.assembly.Assembly;
import dev.clew.traces.digest.Digester;
import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.document.DocumentParser;
import dev.clew.traces.document.RefusedDocument;
import dev.clew.traces.document.SegmentDocument;
import dev.clew.traces.filter.Expression;
import dev.clew.traces.filter.Filter;
import dev.clew.traces.index.TraceIndex;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All traces: documents durable with the caller's commit, digests derived soon after. Safe for use by many threads.
 *
 * <p>Reads see every document whose commit has returned: what asks for digests first brings the stale ones up to date.
 */
public final class TraceStore {
    private static final int DIGESTS_PER_COMMIT = 200;

    /** While they are few, their documents are still in memory. */
    private static final int MOST_STALE = 4_000;

    private final Store store;
    private final InstantSource time;
    private final TracesConfig config;
    private final SegmentTables segments;
    private final DigestTables digests;
    private final RecentTraces recent;
    private final Memberships memberships;
    private final PendingDigests pending = new PendingDigests();
    private final List<TraceWatcher> watchers = new CopyOnWriteArrayList<>();
    private final ReentrantLock digesting = new ReentrantLock();
    private final @Nullable IndexFeed index;
    private final Admission admission;
    private volatile Detour detour = (scope, documents) -> documents;

    /**
     * Opens what {@code store} holds. Digests that an earlier process left stale are renewed before the first query.
     *
     * @param indexes opens the index that {@link #openIndex} uses; null for none
     */
    public TraceStore(
            Store store,
            InstantSource time,
            DocumentParser parser,
            SpanReader spans,
            Memberships memberships,
            @Nullable Supplier<? extends TraceIndex> indexes,
            TracesConfig config) {
        this.store = store;
        this.memberships = memberships;
        this.time = time;
        this.config = config;
        this.segments = new SegmentTables(store, config.slice(), parser, spans);
        this.digests = new DigestTables(store);
        this.recent = new RecentTraces(time, segments.until(), config.recentBytes(), config.recentTraces());
        this.index = indexes == null ? null : new IndexFeed(store, digests, indexes, time, digesting);
        this.admission = new Admission(this, segments, time, config);
        pending.load(store);
    }

    /** The documents of senders that may be written now; those that may not go to {@code refused}. */
    public List<SegmentDocument> admit(
            Scope scope, List<SegmentDocument> documents, Consumer<RefusedDocument> refused) {
        return admission.admit(scope, documents, refused);
    }

    /** Whether documents of the trace were refused because it had reached its ceiling. */
    public boolean limited(Scope scope, TraceId id) {
        return config.limits().maxTraceBytes() > 0 && segments.limited(new TraceKey(scope, id));
    }

    /** Notes that documents of the trace were refused; durable when it returns. */
    void limit(TraceKey trace) {
        if (!segments.limited(trace)) {
            var batch = new WriteBatch();
            segments.stageLimit(batch, trace, time.instant());
            store.commit(batch);
        }
    }

    /** Bytes of the trace's documents. */
    long bytes(TraceKey trace) {
        return whole(trace).snapshot().documents().stream()
                .mapToLong(document -> document.json().length)
                .sum();
    }

    /** Leads every document that comes from now on through {@code by} first. */
    public void detour(Detour by) {
        detour = by;
    }

    /** Adds what arrived to {@code batch}, but for what a detour holds; run the result once it is committed. */
    public Runnable stage(WriteBatch batch, Scope scope, List<SegmentDocument> arrived) {
        var documents = detour.through(scope, arrived);
        if (documents.isEmpty()) {
            return () -> {};
        }
        var now = time.instant();
        Map<TraceKey, List<SegmentDocument>> byTrace = documents.stream()
                .collect(Collectors.groupingBy(
                        document -> new TraceKey(scope, document.traceId()), LinkedHashMap::new, Collectors.toList()));
        byTrace.forEach((trace, own) -> own.forEach(document -> segments.stage(batch, trace, document, now)));
        var stale = pending.stage(batch, byTrace.keySet());
        return () -> {
            byTrace.forEach((trace, own) ->
                    recent.add(trace, own.stream().map(SegmentDocument::stored).toList()));
            stale.run();
            if (pending.size() > MOST_STALE) {
                refresh(); // by whoever writes faster than digests are made
            }
        };
    }

    /** Writes {@code documents} in a commit of their own; returns when they are durable and visible. */
    public void write(Scope scope, List<SegmentDocument> documents) {
        if (!documents.isEmpty()) {
            var batch = new WriteBatch();
            var visible = stage(batch, scope, documents);
            if (!batch.isEmpty()) {
                store.commit(batch);
            }
            visible.run();
        }
    }

    /** The trace put together, if any document of it is stored. */
    public Optional<Assembly> find(Scope scope, TraceId id) {
        var documents = whole(new TraceKey(scope, id)).snapshot().documents();
        return documents.isEmpty() ? Optional.empty() : Optional.of(Assembly.of(documents));
    }

    /** The spans of a trace that came as such, each with its resource and scope. */
    public List<byte[]> spans(Scope scope, TraceId id) {
        return segments.spans(new TraceKey(scope, id));
    }

    /** The trace's digest, if any document of it is stored. */
    public Optional<TraceDigest> digest(Scope scope, TraceId id) {
        refresh();
        var key = new TraceKey(scope, id);
        var live = recent.find(key).map(LiveTrace::current);
        return live.isPresent() ? live : digests.find(key);
    }

    /**
     * Part of a scan of digests.
     *
     * @param next where to go on; null at the end
     */
    @SuppressWarnings("ArrayRecordComponent") // a position, never compared
    public record Page(List<TraceDigest> digests, int scanned, byte @Nullable [] next) {}

    /** Which digests a scan looks for. All times are microseconds since the epoch; starts inclusive, ends exclusive. */
    public record Range(long indexStart, long indexEnd, long activeStart, long activeEnd) {
        /** Traces with an index time in this time. */
        public static Range indexed(long start, long end) {
            return new Range(start, end, Long.MIN_VALUE, Long.MAX_VALUE);
        }

        /**
         * Traces with something going on in this time.
         *
         * @param lookback how far from it their index time may lie
         */
        public static Range active(long start, long end, long lookback) {
            return new Range(start - lookback, end + lookback, start, end);
        }
    }

    /**
     * Digests of traces in {@code range}, newest first.
     *
     * @param after position to begin after, or null
     * @param limit most digests to look at, matching or not
     */
    public Page scan(Scope scope, Range range, byte @Nullable [] after, int limit) {
        if (after == null) {
            refresh();
        }
        var page = digests.scan(
                scope,
                range.indexEnd,
                range.indexStart,
                after,
                new DigestTables.Range(range.activeStart, range.activeEnd),
                limit);
        return new Page(page.found().stream().map(DigestTables.Found::digest).toList(), page.scanned(), page.last());
    }

    /**
     * Digests of traces in {@code range}, newest first, and at least those that match {@code filter}: whoever asks looks
     * which do.
     *
     * @param after position to begin after, or null
     * @param limit most digests to look at, matching or not
     */
    public Page find(Scope scope, Range range, Filter filter, byte @Nullable [] after, int limit) {
        if (index == null || filter.expression().equals(Expression.EVERYTHING)) {
            return scan(scope, range, after, limit);
        }
        if (after == null) {
            refresh();
        }
        var place = after == null ? null : DigestTables.place(after);
        return index.find(new TraceIndex.Query(scope, range.indexEnd, range.indexStart, filter, place, limit))
                .map(found -> read(scope, range, found))
                .orElseGet(() -> scan(scope, range, after, limit));
    }

    private Page read(Scope scope, Range range, TraceIndex.Page found) {
        var read = found.places().stream()
                .flatMap(place -> digests.find(scope, place).stream())
                .filter(digest -> digest.start() < range.activeEnd && digest.lastEvent() >= range.activeStart)
                .toList();
        return new Page(
                read, found.places().size(), found.next() == null ? null : DigestTables.position(scope, found.next()));
    }

    /** The position of a digest, to go on after it. */
    public static byte[] position(Scope scope, TraceDigest digest) {
        return DigestTables.position(scope, digest);
    }

    /** Opens the index and brings it up to date; {@link #find} uses it from then on, and is right without it. */
    public void openIndex() {
        if (index != null) {
            index.open();
        }
    }

    /** Closes the index. */
    public void closeIndex() {
        if (index != null) {
            index.close();
        }
    }

    /** How many traces have an index time in {@code range}, counted up to {@code most}. */
    public int count(Scope scope, Range range, int most) {
        return digests.count(scope, range.indexEnd, range.indexStart, most);
    }

    /** Tells {@code watcher} of every trace that changes from now on. */
    public void watch(TraceWatcher watcher) {
        watchers.add(watcher);
    }

    /** Brings every stale digest up to date; durable when it returns. */
    public void refresh() {
        digesting.lock();
        try {
            var work = pending.take();
            if (!work.isEmpty()) {
                refresh(work);
            }
        } finally {
            digesting.unlock();
        }
    }

    private void refresh(PendingDigests.Work work) {
        try {
            var keys = new ArrayList<>(work.traces());
            for (int i = 0; i < keys.size(); i += DIGESTS_PER_COMMIT) {
                refresh(keys.subList(i, Math.min(keys.size(), i + DIGESTS_PER_COMMIT)));
            }
            var batch = new WriteBatch();
            work.markers().forEach(marker -> batch.delete(PendingDigests.MARKERS, marker));
            store.commit(batch);
        } catch (RuntimeException e) {
            pending.add(work);
            throw e;
        }
    }

    private void refresh(List<TraceKey> keys) {
        var batch = new WriteBatch();
        var done = new ArrayList<Runnable>();
        var changed = new ArrayList<TraceIndex.Entry>();
        for (var key : keys) {
            var trace = whole(key);
            var snapshot = trace.snapshot();
            if (snapshot.documents().isEmpty()) {
                continue; // dropped by retention
            }
            var previous =
                    trace.storedKnown() ? trace.stored() : digests.find(key).orElse(null);
            var digest = Digester.digest(key.id(), Assembly.of(snapshot.documents()), config.tracedGrace())
                    .after(previous);
            if (digest != previous) {
                digest = digest.withGroups(memberships.of(key.scope(), digest));
                digests.stage(batch, key, digest, previous);
                changed.add(new TraceIndex.Entry(key.scope(), digest));
            }
            var kept = digest;
            boolean renewed = digest != previous;
            done.add(() -> {
                trace.keep(kept, snapshot);
                if (renewed) {
                    watchers.forEach(watcher -> watcher.changed(key.scope(), kept, previous));
                }
            });
        }
        if (index != null) {
            done.add(index.stage(batch, changed));
        }
        if (!batch.isEmpty()) {
            store.commit(batch);
        }
        done.forEach(Runnable::run);
    }

    /** The trace with all its documents, read from storage unless it is in memory; empty if there is none. */
    private LiveTrace whole(TraceKey key) {
        var trace = recent.open(key); // before the read, so that documents committed meanwhile are not missed
        if (!trace.whole()) {
            recent.complete(key, trace, segments.read(key));
        }
        recent.removeIfEmpty(key, trace);
        return trace;
    }

    /** Waits until digests are stale, or {@code patience} is over. */
    void awaitStale(Duration patience) throws InterruptedException {
        pending.await(patience);
    }

    /** Ends every wait for stale digests. */
    void endWaits() {
        pending.close();
    }

    /** Drops what is older than retention. */
    void expire() {
        var cutoff = time.instant().minus(config.retention());
        segments.expire(cutoff);
        digests.expire(cutoff.getEpochSecond() * 1_000_000);
        if (index != null) {
            index.expire(cutoff.getEpochSecond() * 1_000_000);
        }
    }

    /** Forgets everything. Nothing may be written meanwhile. */
    public void reset() {
        digesting.lock();
        try {
            pending.take();
            recent.clear();
            segments.clear();
            digests.clear();
            if (index != null) {
                index.clear();
            }
            if (store.tables().contains(PendingDigests.MARKERS)) {
                store.drop(PendingDigests.MARKERS);
            }
        } finally {
            digesting.unlock();
        }
    }
}
