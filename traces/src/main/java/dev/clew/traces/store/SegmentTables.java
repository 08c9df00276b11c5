// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.store;

import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import dev.clew.traces.document.DocumentParser;
import dev.clew.traces.document.RefusedDocument;
import dev.clew.traces.document.SegmentDocument;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The documents as they came, in one table per slice of arrival time. Safe for use by many threads.
 *
 * <p>Slices go by arrival, not by the time in the trace id: ids converted from other systems carry no time, and no sender
 * may make tables at will. So a trace may lie in several slices, and a read asks them all.
 *
 * <p>A key is {@code account/region/trace-id/id/state}. Complete and in-progress documents have keys of their own, so
 * that neither order of arrival needs a read before the write. A value is one byte of marks, then the document.
 */
final class SegmentTables {
    static final String PREFIX = "segments-";

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HH", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int PAGE = 1_000;
    private static final int SUBSEGMENT = 1;
    private static final int PLATFORM = 2;

    private final Store store;
    private final Duration slice;
    private final DocumentParser parser;

    SegmentTables(Store store, Duration slice, DocumentParser parser) {
        this.store = store;
        this.slice = slice;
        this.parser = parser;
    }

    void stage(WriteBatch batch, TraceKey trace, SegmentDocument document, Instant arrival) {
        var key = trace.text() + '/' + document.id() + (document.inProgress() ? "/p" : "/c");
        var value = new byte[document.json().length + 1];
        value[0] = (byte) ((document.subsegment() ? SUBSEGMENT : 0) | (document.platform() ? PLATFORM : 0));
        System.arraycopy(document.json(), 0, value, 1, document.json().length);
        batch.put(table(arrival), key, value);
    }

    /** Every stored document of {@code trace}, in-progress ones that were completed included. */
    List<SegmentDocument> read(TraceKey trace) {
        var documents = new ArrayList<SegmentDocument>();
        for (var table : tables(name -> true)) {
            read(table, trace, documents);
        }
        return documents;
    }

    private void read(String table, TraceKey trace, List<SegmentDocument> into) {
        var from = (trace.text() + '/').getBytes(StandardCharsets.UTF_8);
        var to = from.clone();
        to[to.length - 1]++;
        while (true) {
            var page = store.scan(table, from, to, PAGE);
            for (var entry : page) {
                into.add(decode(entry.value()));
            }
            if (page.size() < PAGE) {
                return;
            }
            var last = page.getLast().key();
            from = Arrays.copyOf(last, last.length + 1);
        }
    }

    private SegmentDocument decode(byte[] value) {
        try {
            return parser.parseStored(
                    Arrays.copyOfRange(value, 1, value.length),
                    (value[0] & SUBSEGMENT) != 0,
                    (value[0] & PLATFORM) != 0);
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
