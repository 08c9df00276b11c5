// SPDX-License-Identifier: Apache-2.0
package dev.clew.core.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Control-plane state of one kind: records under text keys, all in memory, each change durable before it is visible.
 *
 * <p>Stored as JSON, so that a newer version reads what an older one wrote: absent components become null, unknown ones
 * are ignored. Safe for use by many threads; a read-modify-write needs the caller's own lock. Not for data that grows
 * with traffic.
 *
 * @param <T> an immutable record that Jackson can write and read
 */
public final class RecordTable<T> {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    private static final int PAGE = 1_000;

    private final Store store;
    private final String table;
    private final Class<T> type;
    private final ConcurrentSkipListMap<String, T> records = new ConcurrentSkipListMap<>();

    private RecordTable(Store store, String table, Class<T> type) {
        this.store = store;
        this.table = table;
        this.type = type;
    }

    /** The table as the store holds it, read whole. */
    public static <T> RecordTable<T> open(Store store, String table, Class<T> type) {
        var opened = new RecordTable<>(store, table, type);
        opened.load();
        return opened;
    }

    private void load() {
        byte[] from = {};
        while (true) {
            var page = store.scan(table, from, null, PAGE);
            for (var entry : page) {
                records.put(new String(entry.key(), StandardCharsets.UTF_8), JSON.readValue(entry.value(), type));
            }
            if (page.size() < PAGE) {
                return;
            }
            var last = page.getLast().key();
            from = Arrays.copyOf(last, last.length + 1);
        }
    }

    public Optional<T> find(String key) {
        return Optional.ofNullable(records.get(key));
    }

    /** The records whose keys begin with {@code prefix}, in key order: a snapshot. */
    public List<T> list(String prefix) {
        return List.copyOf(entries(prefix).values());
    }

    /** The entries whose keys begin with {@code prefix}, in key order: a live view. */
    public NavigableMap<String, T> entries(String prefix) {
        return prefix.isEmpty() ? records : records.subMap(prefix, true, prefix + Character.MAX_VALUE, false);
    }

    /** Durable and visible when it returns. */
    public void put(String key, T value) {
        commit(List.of(new Edit<>(key, value)));
    }

    /** Durable and visible when it returns; nothing happens if the key is absent. */
    public void remove(String key) {
        commit(List.of(new Edit<>(key, null)));
    }

    /** All of {@code edits} or, after a crash, none. */
    public void commit(List<Edit<T>> edits) {
        var batch = new WriteBatch();
        var visible = stage(batch, edits);
        store.commit(batch);
        visible.run();
    }

    /** Adds {@code edits} to {@code batch}; run the result once it is committed. */
    public Runnable stage(WriteBatch batch, List<Edit<T>> edits) {
        for (var edit : edits) {
            if (edit.value() == null) {
                batch.delete(table, edit.key());
            } else {
                batch.put(table, edit.key(), JSON.writeValueAsBytes(edit.value()));
            }
        }
        return () -> edits.forEach(this::apply);
    }

    private void apply(Edit<T> edit) {
        if (edit.value() == null) {
            records.remove(edit.key());
        } else {
            records.put(edit.key(), edit.value());
        }
    }

    /**
     * One change of one record.
     *
     * @param value null to remove
     */
    public record Edit<T>(String key, @Nullable T value) {}
}
