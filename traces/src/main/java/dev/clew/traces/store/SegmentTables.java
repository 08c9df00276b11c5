// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.store;

import dev.clew.core.store.Store;
import dev.clew.core.store.Store.Entry;
import dev.clew.core.store.WriteBatch;
import dev.clew.traces.document.DocumentParser;
import dev.clew.traces.document.RefusedDocument;
import dev.clew.traces.document.SegmentDocument;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The documents as they came, in one table per slice of arrival time. Safe for use by many threads.
 *
 * <p>Slices go by arrival, not by the time in the trace id: ids converted from other systems carry no time, and no sender
 * may make tables at will. So a trace may lie in several slices, and a read asks them all.
 *
 * <p>A key is {@code account/region/trace-id/id/state}. Complete and in-progress documents have keys of their own, so
 * that neither order of arrival needs a read before the write. A value is one byte of marks, then the document, or the
 * span that it is made of.
 */
final class SegmentTables {
    static final String PREFIX = "segments-";

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HH", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int PAGE = 1_000;
    private static final int SUBSEGMENT = 1;
    private static final int PLATFORM = 2;
    private static final int SPAN = 4;
    private static final int LIMIT = 8;

    private final Store store;
    private final Duration slice;
    private final DocumentParser parser;
    private final SpanReader spans;

    SegmentTables(Store store, Duration slice, DocumentParser parser, SpanReader spans) {
        this.store = store;
        this.slice = slice;
        this.parser = parser;
        this.spans = spans;
    }

    void stage(WriteBatch batch, TraceKey trace, SegmentDocument document, Instant arrival) {
        var key = trace.text() + '/' + document.id() + (document.inProgress() ? "/p" : "/c");
        var content = document.span() == null ? document.json() : document.span();
        var value = new byte[content.length + 1];
        value[0] = (byte) ((document.subsegment() ? SUBSEGMENT : 0)
                | (document.platform() ? PLATFORM : 0)
                | (document.span() == null ? 0 : SPAN));
        System.arraycopy(content, 0, value, 1, content.length);
        batch.put(table(arrival), key, value);
    }

    /** Notes that documents of {@code trace} were refused because it had reached its ceiling. */
    void stageLimit(WriteBatch batch, TraceKey trace, Instant arrival) {
        batch.put(table(arrival), trace.text() + "/!limit/c", new byte[] {LIMIT});
    }

    /** Whether {@link #stageLimit} noted that. */
    boolean limited(TraceKey trace) {
        var key = (trace.text() + "/!limit/c").getBytes(StandardCharsets.UTF_8);
        return tables(name -> true).stream().anyMatch(table -> store.get(table, key) != null);
    }

    /** Whether something of {@code trace} arrived before {@code cutoff}, as far as whole slices tell. */
    boolean holdsFromBefore(TraceKey trace, Instant cutoff) {
        var latest = table(cutoff);
        var from = (trace.text() + '/').getBytes(StandardCharsets.UTF_8);
        var to = from.clone();
        to[to.length - 1]++;
        return tables(name -> name.compareTo(latest) < 0).stream()
                .anyMatch(table -> !store.scan(table, from, to, 1).isEmpty());
    }

    /** The end of the latest slice; nothing that is stored arrived later. The distant past if there is none. */
    Instant until() {
        var tables = tables(name -> true);
        return tables.isEmpty()
                ? Instant.EPOCH
                : NAME.parse(tables.getLast().substring(PREFIX.length()), Instant::from).plus(slice);
    }

    /** Every stored document of {@code trace}, in-progress ones that were completed included. */
    List<SegmentDocument> read(TraceKey trace) {
        var documents = new ArrayList<SegmentDocument>();
        forEach(trace, entry -> documents.add(decode(entry)));
        return documents;
    }

    /** Every span that is stored of {@code trace}, each once; not those in progress that were completed. */
    List<byte[]> spans(TraceKey trace) {
        var byId = new LinkedHashMap<String, Entry>();
        forEach(trace, entry -> {
            if ((entry.value()[0] & SPAN) != 0) {
                byId.merge(id(entry), entry, (old, later) -> completes(old) && !completes(later) ? old : later);
            }
        });
        var once = new LinkedHashMap<ByteBuffer, byte[]>(); // one span may make two documents
        byId.values().stream().map(SegmentTables::content).forEach(span -> once.put(ByteBuffer.wrap(span), span));
        return List.copyOf(once.values());
    }

    private void forEach(TraceKey trace, Consumer<Entry> visitor) {
        for (var table : tables(name -> true)) {
            read(table, trace, visitor);
        }
    }

    private void read(String table, TraceKey trace, Consumer<Entry> visitor) {
        var from = (trace.text() + '/').getBytes(StandardCharsets.UTF_8);
        var to = from.clone();
        to[to.length - 1]++;
        while (true) {
            var page = store.scan(table, from, to, PAGE);
            page.stream().filter(entry -> (entry.value()[0] & LIMIT) == 0).forEach(visitor);
            if (page.size() < PAGE) {
                return;
            }
            var last = page.getLast().key();
            from = Arrays.copyOf(last, last.length + 1);
        }
    }

    private static byte[] content(Entry entry) {
        return Arrays.copyOfRange(entry.value(), 1, entry.value().length);
    }

    private static String id(Entry entry) {
        var key = new String(entry.key(), StandardCharsets.UTF_8);
        int end = key.lastIndexOf('/');
        return key.substring(key.lastIndexOf('/', end - 1) + 1, end);
    }

    private static boolean completes(Entry entry) {
        return entry.key()[entry.key().length - 1] == 'c';
    }

    private SegmentDocument decode(Entry entry) {
        var marks = entry.value()[0];
        if ((marks & SPAN) != 0) {
            var id = id(entry);
            return spans.documents(content(entry)).stream()
                    .filter(document -> document.id().equals(id))
                    .map(SegmentDocument::stored)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("a stored span no longer makes the document " + id));
        }
        try {
            return parser.parseStored(content(entry), (marks & SUBSEGMENT) != 0, (marks & PLATFORM) != 0);
        } catch (RefusedDocument e) {
            throw new IllegalStateException("a stored document cannot be read: " + e.message(), e);
        }
    }

    /** Drops the slices in which nothing arrived after {@code cutoff}. */
    void expire(Instant cutoff) {
        var oldest = table(cutoff);
        tables(name -> name.compareTo(oldest) < 0).forEach(store::drop);
    }

    void clear() {
        tables(name -> true).forEach(store::drop);
    }

    private List<String> tables(Predicate<String> wanted) {
        return store.tables().stream()
                .filter(name -> name.startsWith(PREFIX))
                .filter(wanted)
                .sorted()
                .toList();
    }

    private String table(Instant time) {
        long seconds = slice.toSeconds();
        return PREFIX + NAME.format(Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds));
    }
}
