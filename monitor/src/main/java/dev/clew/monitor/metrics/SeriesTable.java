// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.metrics;

import dev.clew.core.Scope;
import dev.clew.core.store.RecordTable;
import dev.clew.core.store.RecordTable.Edit;
import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every metric that has data; bounded. Only the thread that writes changes it; any thread may read. */
final class SeriesTable {
    private static final String NUMBERS = "metrics.numbers";
    private static final byte[] NEXT = "next".getBytes(StandardCharsets.UTF_8);
    /** A metric without data for so long is listed no more, and makes room for another when there is none. */
    static final Duration LISTED = Duration.ofDays(14);

    private final Store store;
    private final int most;
    private final RecordTable<Series> table;
    private long next;

    SeriesTable(Store store, int most) {
        this.store = store;
        this.most = most;
        this.table = RecordTable.open(store, "metrics.series", Series.class);
        var number = store.get(NUMBERS, NEXT);
        this.next = number == null ? 1 : ByteBuffer.wrap(number).getLong();
    }

    Optional<Series> find(MetricName metric) {
        return table.find(metric.key());
    }

    /** The metrics of {@code scope} with data at or after {@code since}, in order, after the key {@code after}. */
    Stream<Series> list(Scope scope, Instant since, @Nullable String after) {
        var entries = table.entries(MetricName.prefix(scope));
        var rest = after == null ? entries : entries.tailMap(after, false);
        long oldest = Resolution.HOUR.floor(since.getEpochSecond());
        return rest.values().stream().filter(series -> series.lastHour() >= oldest);
    }

    int size() {
        return table.entries("").size();
    }

    Changes changes(Instant now) {
        return new Changes(now);
    }

    /** What one commit adds. Used by the writing thread. */
    final class Changes {
        private final Instant now;
        private final Map<String, Series> changed = new LinkedHashMap<>();
        private final List<String> removed = new ArrayList<>();
        private final long first = next;
        private int room = most - size();

        private Changes(Instant now) {
            this.now = now;
        }

        /** The series with data of this unit and time; null if it is new and there is no room. */
        @Nullable
        Series touch(MetricName metric, int unit, long epochSecond) {
            var key = metric.key();
            var known = changed.get(key);
            if (known == null) {
                known = table.find(key).orElse(null);
            }
            if (known == null) {
                if (room <= 0 && !makeRoom()) {
                    return null;
                }
                room--;
                known = Series.of(next++, metric);
            }
            var touched = known.with(unit, epochSecond);
            if (touched != known) {
                changed.put(key, touched);
            }
            return touched;
        }

        private boolean makeRoom() {
            long oldest = now.minus(LISTED).getEpochSecond();
            table.entries("").forEach((key, series) -> {
                if (series.lastHour() < oldest && !changed.containsKey(key) && !removed.contains(key)) {
                    removed.add(key);
                    room++;
                }
            });
            return room > 0;
        }

        /** Adds the changes to {@code batch}; run the result once it is committed. */
        Runnable stage(WriteBatch batch) {
            var edits = new ArrayList<Edit<Series>>();
            changed.forEach((key, series) -> edits.add(new Edit<>(key, series)));
            removed.forEach(key -> {
                if (!changed.containsKey(key)) {
                    edits.add(new Edit<>(key, null));
                }
            });
            if (next != first) {
                batch.put(
                        NUMBERS,
                        NEXT,
                        ByteBuffer.allocate(Long.BYTES).putLong(next).array());
            }
            return table.stage(batch, edits);
        }
    }
}
