// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import dev.clew.core.store.Store;
import dev.clew.core.store.Store.Entry;
import dev.clew.core.store.WriteBatch;
import dev.clew.monitor.api.logs.LogsErrors;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The streams of all groups: in the store only, since there are as many as cold starts. Keys are the group's id and the
 * stream's name.
 */
final class Streams {
    private static final String TABLE = "logs.streams";
    private static final int PAGE = 500;
    /** Greater than every byte of a name. */
    private static final byte AFTER_TEXT = (byte) 0xff;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Store store;

    Streams(Store store) {
        this.store = store;
    }

    private static byte[] key(Group group, String name) {
        var text = name.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + text.length)
                .putLong(group.id())
                .put(text)
                .array();
    }

    /** The key behind all that begin with {@code key}. */
    private static byte[] behind(byte[] key) {
        var behind = Arrays.copyOf(key, key.length + 1);
        behind[key.length] = AFTER_TEXT;
        return behind;
    }

    Optional<Stream> find(Group group, String name) {
        return Optional.ofNullable(store.get(TABLE, key(group, name))).map(Streams::decode);
    }

    /** @throws dev.clew.wire.ServiceException if there is none */
    Stream require(Group group, String name) {
        return find(group, name)
                .orElseThrow(() -> LogsErrors.resourceNotFoundException("The specified log stream does not exist."));
    }

    void stage(WriteBatch batch, Group group, Stream stream) {
        batch.put(TABLE, key(group, stream.name()), JSON.writeValueAsBytes(stream));
    }

    void stageRemoval(WriteBatch batch, Group group, Stream stream) {
        batch.delete(TABLE, key(group, stream.name()));
    }

    void stageRemovalOfAll(WriteBatch batch, Group group) {
        var start = key(group, "");
        batch.deleteRange(TABLE, start, behind(start));
    }

    /**
     * Streams in the order of names, or the reverse.
     *
     * @param from the name to begin with, whether or not a stream has it; null for all
     */
    List<Stream> page(Group group, String prefix, @Nullable String from, boolean descending, int limit) {
        var first = key(group, prefix);
        var end = behind(first);
        if (from == null) {
            return decode(
                    descending ? store.scanBackward(TABLE, first, end, limit) : store.scan(TABLE, first, end, limit));
        }
        var start = key(group, from);
        if (descending) {
            var behind = Arrays.copyOf(start, start.length + 1); // the smallest key after it
            return decode(store.scanBackward(TABLE, first, behind, limit));
        }
        return decode(store.scan(TABLE, Arrays.compareUnsigned(start, first) > 0 ? start : first, end, limit));
    }

    /** Visits all streams of a group, never more than a page of them in memory. */
    void forEach(Group group, Consumer<Stream> visitor) {
        var from = key(group, "");
        var end = behind(from);
        while (true) {
            var page = store.scan(TABLE, from, end, PAGE);
            decode(page).forEach(visitor);
            if (page.size() < PAGE) {
                return;
            }
            var last = page.getLast().key();
            from = Arrays.copyOf(last, last.length + 1);
        }
    }

    private static List<Stream> decode(List<Entry> entries) {
        var streams = new ArrayList<Stream>(entries.size());
        entries.forEach(entry -> streams.add(decode(entry.value())));
        return streams;
    }

    private static Stream decode(byte[] value) {
        return JSON.readValue(value, Stream.class);
    }
}
