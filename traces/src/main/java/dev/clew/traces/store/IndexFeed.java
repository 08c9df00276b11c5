// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.store;

import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import dev.clew.traces.index.TraceIndex;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a trace index in step with the digests. Safe for use by many threads.
 *
 * <p>Each commit of digests carries a marker that names its traces; it is removed once the index has them durably. So
 * after a crash exactly the traces that the index may lack are known. An index that is not the one that belongs to the
 * store (new, emptied, another store's, broken) is filled from all digests; until then nothing is asked of it.
 */
final class IndexFeed {
    static final String MARKERS = "unindexed";
    static final String IDENTITIES = "index-identity";

    private static final System.Logger LOG = System.getLogger(IndexFeed.class.getName());
    private static final byte[] IDENTITY = "identity".getBytes(StandardCharsets.UTF_8);
    private static final int PAGE = 500;

    private final Store store;
    private final DigestTables digests;
    private final Supplier<? extends TraceIndex> opener;
    private final InstantSource time;
    private final ReentrantLock digesting;
    private final AtomicLong nextMarker = new AtomicLong();
    private volatile @Nullable TraceIndex index;
    private volatile boolean ready;
    private final ReentrantLock opening = new ReentrantLock();
    private boolean closed;

    /**
     * @param opener opens the index
     * @param digesting held by whoever changes digests
     */
    IndexFeed(
            Store store,
            DigestTables digests,
            Supplier<? extends TraceIndex> opener,
            InstantSource time,
            ReentrantLock digesting) {
        this.store = store;
        this.digests = digests;
        this.opener = opener;
        this.time = time;
        this.digesting = digesting;
        var last = store.last(MARKERS);
        nextMarker.set(last == null ? 0 : ByteBuffer.wrap(last.key()).getLong() + 1);
    }

    /** Adds to {@code batch} that the index owes these; run the result once it is committed. */
    Runnable stage(WriteBatch batch, List<TraceIndex.Entry> entries) {
        if (entries.isEmpty()) {
            return () -> {};
        }
        var marker = ByteBuffer.allocate(Long.BYTES)
                .putLong(nextMarker.getAndIncrement())
                .array();
        var names = entries.stream()
                .map(entry -> entry.scope().key() + '/' + entry.digest().traceId())
                .collect(Collectors.joining("\n"));
        batch.put(MARKERS, marker, names.getBytes(StandardCharsets.UTF_8));
        return () -> {
            var opened = index;
            if (opened != null) { // else the marker stays for when it is opened
                opened.put(entries, () -> forget(List.of(marker)));
            }
        };
    }

    private void forget(List<byte[]> markers) {
        var batch = new WriteBatch();
        markers.forEach(marker -> batch.delete(MARKERS, marker));
        if (!batch.isEmpty()) {
            store.commit(batch);
        }
    }

    /** Opens the index and brings it up to date, wholly if need be; queries are answered from it when this returns. */
    void open() {
        opening.lock();
        try {
            if (!closed) {
                connect();
            }
        } finally {
            opening.unlock();
        }
    }

    private void connect() {
        try {
            var opened = index == null ? opener.get() : index;
            var stored = store.get(IDENTITIES, IDENTITY);
            if (stored != null && opened.identity().equals(new String(stored, StandardCharsets.UTF_8))) {
                index = opened; // before the markers are read, so that what comes meanwhile is not missed
                replay(opened);
            } else {
                rebuild(opened);
            }
            ready = true;
        } catch (TraceIndex.IndexFailure | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, "traces are found without the index: " + e.getMessage(), e);
        }
    }

    /** Puts what a process before this one left. */
    private void replay(TraceIndex opened) {
        byte[] from = {};
        while (true) {
            var page = store.scan(MARKERS, from, null, PAGE);
            for (var marker : page) {
                var names = new String(marker.value(), StandardCharsets.UTF_8);
                digesting.lock(); // no digest may change between its reading here and its being put
                try {
                    var entries = names.lines()
                            .map(TraceKey::parse)
                            .flatMap(this::entry)
                            .toList();
                    opened.put(entries, () -> forget(List.of(marker.key())));
                } finally {
                    digesting.unlock();
                }
            }
            if (page.size() < PAGE) {
                return;
            }
            from = Arrays.copyOf(page.getLast().key(), page.getLast().key().length + 1);
        }
    }

    private Stream<TraceIndex.Entry> entry(TraceKey key) {
        return digests.find(key).map(digest -> new TraceIndex.Entry(key.scope(), digest)).stream();
    }

    private void rebuild(TraceIndex opened) {
        opened.begin();
        index = opened;
        byte[] from = {};
        while (from != null) {
            digesting.lock();
            try {
                var page = digests.all(from, PAGE);
                if (from.length == 0 && !page.entries().isEmpty()) {
                    LOG.log(System.Logger.Level.INFO, "filling the trace index");
                }
                opened.put(page.entries(), () -> {});
                from = page.next();
            } finally {
                digesting.unlock();
            }
        }
        var identity = time.instant() + "-" + nextMarker.getAndIncrement();
        opened.complete(identity);
        var batch = new WriteBatch();
        batch.put(IDENTITIES, IDENTITY, identity.getBytes(StandardCharsets.UTF_8));
        store.commit(batch);
    }

    /** What the index finds; nothing if it cannot be asked. */
    Optional<TraceIndex.Page> find(TraceIndex.Query query) {
        var opened = index;
        if (!ready || opened == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(opened.find(query));
        } catch (TraceIndex.IndexFailure e) {
            if (Thread.currentThread().isInterrupted()) {
                return Optional.empty(); // whoever asked gave up; nothing is wrong with the index
            }
            ready = false;
            LOG.log(System.Logger.Level.WARNING, "the trace index is damaged, it is made again at the next start", e);
            forgetIdentity();
            return Optional.empty();
        }
    }

    private void forgetIdentity() {
        var batch = new WriteBatch();
        batch.delete(IDENTITIES, IDENTITY);
        store.commit(batch);
    }

    void expire(long cutoff) {
        var opened = index;
        if (ready && opened != null) {
            opened.expire(cutoff);
        }
    }

    /** Forgets everything. Nothing may be written meanwhile. */
    void clear() {
        var tables = new ArrayList<>(store.tables());
        tables.retainAll(List.of(MARKERS, IDENTITIES));
        tables.forEach(store::drop);
        if (ready) {
            ready = false;
            open();
        }
    }

    void close() {
        opening.lock();
        try {
            closed = true;
            ready = false;
            var opened = index;
            if (opened != null) {
                opened.close();
                index = null;
            }
        } finally {
            opening.unlock();
        }
    }
}
