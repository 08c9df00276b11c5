// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.alarms;

import dev.clew.core.Scope;
import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import dev.clew.monitor.api.cloudwatch.CloudwatchErrors;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What happened to alarms, for thirty days. */
final class History {
    private static final String TABLE = "alarms.history";
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int PAGE = 500;
    private static final int SUFFIX = Long.BYTES + Integer.BYTES;
    private static final Pattern PLACE = Pattern.compile("[0-9a-f]{" + 2 * SUFFIX + "}");

    private final Store store;
    private final AtomicInteger number = new AtomicInteger();

    History(Store store) {
        this.store = store;
    }

    /**
     * One thing that happened.
     *
     * @param kind {@code ConfigurationUpdate}, {@code StateUpdate} or {@code Action}
     * @param data JSON
     */
    record Item(String alarm, String type, Instant time, String kind, String summary, String data) {}

    /** An item and its place. */
    record Found(String place, Item item) {}

    void stage(WriteBatch batch, Alarm alarm, Instant now, String kind, String summary, String data) {
        var item = new Item(alarm.name(), alarm.type(), now, kind, summary, data);
        batch.put(
                TABLE,
                key(alarm.scope(), now.toEpochMilli(), number.incrementAndGet()),
                JsonMapper.shared().writeValueAsBytes(item));
    }

    void add(Alarm alarm, Instant now, String kind, String summary, String data) {
        var batch = new WriteBatch();
        stage(batch, alarm, now, kind, summary, data);
        store.commit(batch);
    }

    private static byte[] key(Scope scope, long millis, int number) {
        var prefix = (scope.key() + '/').getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(prefix.length + SUFFIX)
                .put(prefix)
                .putLong(millis)
                .putInt(number)
                .array();
    }

    /**
     * Items that fit, newest first.
     *
     * @param after the place of the last item that was shown; null to begin
     */
    List<Found> newestFirst(
            Scope scope, Instant from, Instant to, @Nullable String after, Predicate<Item> fits, int most) {
        var begin = key(scope, Math.max(0, from.toEpochMilli()), 0);
        var end = after == null ? key(scope, to.toEpochMilli() + 1, 0) : place(scope, after);
        var found = new ArrayList<Found>();
        while (true) {
            var page = store.scanBackward(TABLE, begin, end, PAGE);
            for (var entry : page) {
                var item = JsonMapper.shared().readValue(entry.value(), Item.class);
                if (fits.test(item)) {
                    found.add(new Found(place(entry.key()), item));
                    if (found.size() == most) {
                        return found;
                    }
                }
            }
            if (page.size() < PAGE) {
                return found;
            }
            end = page.getLast().key();
        }
    }

    private static String place(byte[] key) {
        return HexFormat.of().formatHex(key, key.length - SUFFIX, key.length);
    }

    private static byte[] place(Scope scope, String text) {
        var prefix = (scope.key() + '/').getBytes(StandardCharsets.UTF_8);
        if (!PLACE.matcher(text).matches()) {
            throw CloudwatchErrors.invalidNextToken("The value for parameter NextToken is invalid.");
        }
        var suffix = HexFormat.of().parseHex(text);
        var key = Arrays.copyOf(prefix, prefix.length + suffix.length);
        System.arraycopy(suffix, 0, key, prefix.length, suffix.length);
        return key;
    }

    /** Removes what is too old in {@code scope}. */
    void forget(Scope scope, Instant now) {
        long horizon = now.minus(KEPT).toEpochMilli();
        if (horizon > 0) {
            store.commit(new WriteBatch().deleteRange(TABLE, key(scope, 0, 0), key(scope, horizon, 0)));
        }
    }
}
