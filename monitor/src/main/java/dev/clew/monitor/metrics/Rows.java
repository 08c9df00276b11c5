// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.metrics;

import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/** The aggregates in the store: one row for each series, unit and interval. */
final class Rows {
    private static final int PAGE = 2_000;

    private final Store store;

    Rows(Store store) {
        this.store = store;
    }

    private static byte[] key(long series, int unit, long epochSecond) {
        return ByteBuffer.allocate(Long.BYTES + 1 + Integer.BYTES)
                .putLong(series)
                .put((byte) unit)
                .putInt((int) epochSecond)
                .array();
    }

    private static long time(byte[] key) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(key).getInt(Long.BYTES + 1));
    }

    /** Reads what one commit changes, and adds to it. Used by the one thread that writes. */
    final class Changes {
        private final Instant now;
        private final Map<Row, Aggregate> rows = new LinkedHashMap<>();

        private record Row(Resolution resolution, long series, int unit, long begin) {}

        Changes(Instant now) {
            this.now = now;
        }

        /** Adds {@code point} at every resolution that still keeps its time. */
        void add(long series, Point point) {
            for (var resolution : Resolution.values()) {
                if ((resolution == Resolution.SECOND && !point.fine())
                        || point.epochSecond() < resolution.horizon(now)) {
                    continue;
                }
                var row = new Row(resolution, series, point.unit(), resolution.floor(point.epochSecond()));
                rows.computeIfAbsent(row, this::stored).add(point.values());
            }
        }

        private Aggregate stored(Row row) {
            var value = store.get(row.resolution.table(row.begin), key(row.series, row.unit, row.begin));
            return value == null ? new Aggregate() : Aggregate.decode(value);
        }

        void stage(WriteBatch batch) {
            rows.forEach((row, values) ->
                    batch.put(row.resolution.table(row.begin), key(row.series, row.unit, row.begin), values.encode()));
        }
    }

    /**
     * The aggregates of one unit from {@code begin} to before {@code end}, by begin of the interval: intervals of {@code period} seconds
     * that are counted from {@code begin}.
     */
    NavigableMap<Long, Aggregate> read(long series, int unit, long begin, long end, long period, Instant now) {
        var resolution = Resolution.reading(period, begin, end, now);
        long from = Math.max(0, Math.max(resolution.floor(begin), resolution.horizon(now)));
        long to = Math.min(end, Integer.toUnsignedLong(-1));
        var found = new TreeMap<Long, Aggregate>();
        while (from < to) {
            long stop = Math.min(to, resolution.nextSlice(from));
            scan(resolution.table(from), key(series, unit, from), key(series, unit, stop), (time, values) -> {
                long bucket = begin + Math.floorDiv(time - begin, period) * period;
                found.computeIfAbsent(bucket, added -> new Aggregate()).add(values);
            });
            from = stop;
        }
        return found;
    }

    private interface Found {
        void row(long time, Aggregate values);
    }

    private void scan(String table, byte[] from, byte[] to, Found found) {
        byte[] start = from;
        while (true) {
            var page = store.scan(table, start, to, PAGE);
            page.forEach(entry -> found.row(time(entry.key()), Aggregate.decode(entry.value())));
            if (page.size() < PAGE) {
                return;
            }
            var last = Objects.requireNonNull(page.getLast()).key();
            start = Arrays.copyOf(last, last.length + 1);
        }
    }

    /** Drops the slices that hold nothing that is still kept. */
    void dropExpired(Instant now) {
        for (var table : store.tables()) {
            for (var resolution : Resolution.values()) {
                if (resolution.isExpired(table, now)) {
                    store.drop(table);
                }
            }
        }
    }
}
