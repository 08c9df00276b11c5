// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;

/** The files of a Lucene index of traces. */
record LuceneFolder(Directory directory, IndexWriter writer, String identity) {
    private static final System.Logger LOG = System.getLogger(LuceneFolder.class.getName());

    /** More than usual: far more is written than asked, and what was merged once is merged again less often. */
    private static final int SEGMENTS_PER_TIER = 20;

    /** The order of answers, and of the files: a search for the newest ends when it has enough. */
    static final Sort ORDER = new Sort(
            new SortField(Fields.TIME, SortField.Type.LONG, true), new SortField(Fields.ID, SortField.Type.STRING));

    /** Opens what {@code folder} holds, or, if that cannot be read, an empty index in its place. */
    static LuceneFolder open(Path folder) throws IOException {
        Files.createDirectories(folder);
        var directory = FSDirectory.open(folder);
        try {
            return opened(directory);
        } catch (LockObtainFailedException e) {
            throw e; // somebody uses it
        } catch (IOException | IllegalArgumentException e) {
            LOG.log(System.Logger.Level.WARNING, "the trace index cannot be read and is made again: " + e.getMessage());
            empty(folder);
            return opened(directory);
        }
    }

    private static LuceneFolder opened(Directory directory) throws IOException {
        var merging = new TieredMergePolicy();
        merging.setSegmentsPerTier(SEGMENTS_PER_TIER);
        var config = new IndexWriterConfig(new NoAnalyzer())
                .setMergePolicy(merging)
                .setOpenMode(IndexWriterConfig.OpenMode.CREATE_OR_APPEND)
                .setIndexSort(ORDER)
                .setRAMBufferSizeMB(32)
                .setCommitOnClose(false);
        var writer = new IndexWriter(directory, config);
        try (var reader = DirectoryReader.open(writer)) {
            return new LuceneFolder(directory, writer, identity(reader));
        }
    }

    private static String identity(DirectoryReader reader) throws IOException {
        var marked = reader.getIndexCommit().getUserData().getOrDefault("identity", "");
        return marked.startsWith(Fields.VERSION) ? marked.substring(Fields.VERSION.length()) : "";
    }

    private static void empty(Path folder) throws IOException {
        var files = new ArrayList<Path>();
        try (var found = Files.newDirectoryStream(folder)) {
            found.forEach(files::add);
        }
        for (var file : files) {
            if (!file.getFileName().toString().equals(IndexWriter.WRITE_LOCK_NAME)) {
                Files.deleteIfExists(file);
            }
        }
    }

    void close() throws IOException {
        directory.close();
    }

    /** Nothing is analysed: every term is taken as it is. */
    private static final class NoAnalyzer extends Analyzer {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            throw new IllegalStateException("field '" + field + "' is to be analysed");
        }
    }
}
