// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;

/**
 * The index as a Lucene index in a folder.
 *
 * <p>A thread of its own writes what is put; until a search can see it there, it is found in memory. Whatever touches
 * Lucene runs on a few platform threads: it waits for disks, and would hold the carrier of a virtual thread.
 */
public final class LuceneIndex implements TraceIndex {
    private static final System.Logger LOG = System.getLogger(LuceneIndex.class.getName());
    private static final int SEARCH_THREADS = 2;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int ENTRIES_PER_COMMIT = 20_000;

    /** Each batch makes a segment of its own, and searches look into memory meanwhile: few large ones are cheaper. */
    private static final int GOOD_BATCH = 5_000;

    private static final long GATHERING_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final String IDENTITY = "identity";

    private final LuceneFolder folder;
    private final IndexWriter lucene;
    private final SearcherManager searchers;
    private final Unwritten unwritten = new Unwritten();
    private final ExecutorService threads = Executors.newFixedThreadPool(
            SEARCH_THREADS,
            Thread.ofPlatform().daemon().name("clew-traces-search-", 0).factory());
    private final ReentrantLock writing = new ReentrantLock();
    private final Thread writer;
    private volatile boolean failed;

    private LuceneIndex(LuceneFolder folder) throws IOException {
        this.folder = folder;
        this.lucene = folder.writer();
        this.searchers = new SearcherManager(lucene, null);
        this.writer = Thread.ofPlatform().daemon().name("clew-traces-index").start(this::write);
    }

    /**
     * Opens the index in {@code folder}, which is made if need be. What cannot be read is thrown away: it is derived.
     *
     * @throws UncheckedIOException if the folder cannot be used at all
     */
    public static LuceneIndex open(Path folder) {
        try {
            return new LuceneIndex(LuceneFolder.open(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void put(List<Entry> entries, Runnable durable) {
        if (!failed) {
            unwritten.put(entries, durable);
        }
    }

    @Override
    public Page find(Query query) {
        return onThread(() -> {
            if (failed) {
                throw new IndexFailure("the index failed before", new IOException());
            }
            var memory = unwritten.all(); // before the searcher: what is written meanwhile is then in either
            var searcher = searchers.acquire();
            try {
                return new Search(searcher, query).answer(memory);
            } finally {
                searchers.release(searcher);
            }
        });
    }

    @Override
    public String identity() {
        return folder.identity();
    }

    @Override
    public void begin() {
        change(() -> {
            unwritten.clear();
            lucene.deleteAll();
            name("");
            searchers.maybeRefreshBlocking();
        });
    }

    @Override
    public void complete(String identity) {
        change(() -> {
            writeAll();
            name(identity);
        });
    }

    private void name(String identity) throws IOException {
        lucene.setLiveCommitData(Map.of(IDENTITY, Fields.VERSION + identity).entrySet());
        lucene.commit();
    }

    @Override
    public void expire(long time) {
        change(() -> lucene.deleteDocuments(LongPoint.newRangeQuery(Fields.TIME, Long.MIN_VALUE, time - 1)));
    }

    private interface Change {
        void make() throws IOException;
    }

    private void change(Change change) {
        onThread(() -> {
            writing.lock();
            try {
                change.make();
                return true;
            } finally {
                writing.unlock();
            }
        });
    }

    private <T> T onThread(Callable<T> work) {
        try {
            return threads.submit(work).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IndexFailure failure) {
                throw failure;
            }
            throw new IndexFailure("the index cannot be used: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IndexFailure("interrupted", e);
        }
    }

    /** The writing thread: writes as entries come, makes them durable when none come or there are many. */
    private void write() {
        int sinceCommit = 0;
        try {
            while (unwritten.await(1, IDLE_NANOS) && unwritten.await(GOOD_BATCH, GATHERING_NANOS)) {
                writing.lock();
                try {
                    int written = writeAll();
                    sinceCommit += written;
                    if (sinceCommit > 0 && (written == 0 || sinceCommit > ENTRIES_PER_COMMIT)) {
                        commit();
                        sinceCommit = 0;
                    }
                } finally {
                    writing.unlock();
                }
            }
        } catch (IOException | RuntimeException e) {
            failed = true;
            unwritten.close();
            LOG.log(System.Logger.Level.WARNING, "the trace index is no longer written: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes what is unwritten and makes it visible; returns how much that was. */
    private int writeAll() throws IOException {
        var batch = unwritten.take();
        for (var entry : batch.entries()) {
            lucene.updateDocument(new Term(Fields.KEY, IndexDocument.key(entry)), IndexDocument.of(entry));
        }
        if (!batch.entries().isEmpty()) {
            searchers.maybeRefreshBlocking();
        }
        unwritten.written(batch);
        return batch.entries().size();
    }

    private void commit() throws IOException {
        var durable = new ArrayList<>(unwritten.durables());
        lucene.commit();
        durable.forEach(Runnable::run);
    }

    @Override
    public void close() {
        unwritten.close();
        try {
            writer.join(TimeUnit.NANOSECONDS.toMillis(60 * IDLE_NANOS));
            if (!failed) {
                change(() -> {
                    writeAll();
                    commit();
                });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IndexFailure e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the last entries of the trace index are written at the next start",
                    e);
        }
        threads.shutdown();
        try {
            searchers.close();
            lucene.rollback(); // everything is committed
            folder.close();
        } catch (IOException | AlreadyClosedException e) {
            LOG.log(System.Logger.Level.DEBUG, "the trace index was closed before", e);
        }
    }
}
