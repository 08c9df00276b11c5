// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.queue;

import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the store knows of asynchronous invocations: entries, payloads, and the ids of those finished lately. Payloads lie
 * apart, so that a retry does not write them again, and are not kept in memory. Safe for use by many threads.
 */
final class EventLedger {
    private static final String EVENTS = "function-events";
    private static final String PAYLOADS = "function-event-payloads";
    private static final String RESPONSES = "function-event-responses";
    private static final String FINISHED = "function-events-finished";
    private static final int PAGE = 1_000;
    /** Forgotten with each one that is finished, at most: more than one, so that the list shrinks. */
    private static final int FORGET = 8;

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Store store;
    private final AsyncConfig config;
    /** Request id to key in the store, the oldest first. Guarded by itself. */
    private final LinkedHashMap<String, String> finished = new LinkedHashMap<>();

    EventLedger(Store store, AsyncConfig config) {
        this.store = store;
        this.config = config;
        scan(FINISHED, (key, value) -> finished.put(key.substring(key.indexOf('/') + 1), key));
    }

    /** Every entry that is not finished. */
    List<QueuedEvent> unfinished() {
        var events = new ArrayList<QueuedEvent>();
        scan(EVENTS, (key, value) -> events.add(JSON.readValue(value, QueuedEvent.class)));
        return events;
    }

    private void scan(String table, BiConsumer<String, byte[]> visitor) {
        byte[] from = {};
        while (true) {
            var page = store.scan(table, from, null, PAGE);
            page.forEach(entry -> visitor.accept(new String(entry.key(), StandardCharsets.UTF_8), entry.value()));
            if (page.size() < PAGE) {
                return;
            }
            var last = page.getLast().key();
            from = Arrays.copyOf(last, last.length + 1);
        }
    }

    Optional<byte[]> payload(QueuedEvent event) {
        return Optional.ofNullable(store.get(PAYLOADS, event.requestId().getBytes(StandardCharsets.UTF_8)));
    }

    /** What the function answered, while somebody is to be told; empty if it did not. */
    byte[] response(QueuedEvent event) {
        var response = store.get(RESPONSES, event.requestId().getBytes(StandardCharsets.UTF_8));
        return response == null ? new byte[0] : response;
    }

    boolean finishedLately(String requestId) {
        synchronized (finished) {
            return finished.containsKey(requestId);
        }
    }

    /** Durable when it returns. */
    void accept(QueuedEvent event, byte[] payload) {
        store.commit(new WriteBatch()
                .put(EVENTS, event.requestId(), JSON.writeValueAsBytes(event))
                .put(PAYLOADS, event.requestId(), payload));
    }

    void stage(WriteBatch batch, QueuedEvent event) {
        batch.put(EVENTS, event.requestId(), JSON.writeValueAsBytes(event));
    }

    void stageResponse(WriteBatch batch, QueuedEvent event, byte[] response) {
        batch.put(RESPONSES, event.requestId(), response);
    }

    /** Removes {@code event} with {@code batch} and remembers its id; run the result once that is committed. */
    Runnable stageFinish(WriteBatch batch, QueuedEvent event, Instant now) {
        var key = String.format("%016x/%s", now.toEpochMilli(), event.requestId());
        batch.delete(EVENTS, event.requestId())
                .delete(PAYLOADS, event.requestId())
                .put(FINISHED, key, new byte[0]);
        if (event.ending() != null) {
            batch.delete(RESPONSES, event.requestId());
        }
        var forgotten = forgettable(now);
        forgotten.values().forEach(old -> batch.delete(FINISHED, old));
        return () -> {
            synchronized (finished) {
                finished.keySet().removeAll(forgotten.keySet());
                finished.put(event.requestId(), key);
            }
        };
    }

    private Map<String, String> forgettable(Instant now) {
        var before = String.format("%016x", now.minus(config.remember()).toEpochMilli());
        var forgettable = new LinkedHashMap<String, String>();
        synchronized (finished) {
            int surplus = finished.size() + 1 - config.rememberLimit();
            Iterator<Map.Entry<String, String>> oldest = finished.entrySet().iterator();
            while (oldest.hasNext() && forgettable.size() < FORGET) {
                var entry = oldest.next();
                if (entry.getValue().compareTo(before) >= 0 && forgettable.size() >= surplus) {
                    break;
                }
                forgettable.put(entry.getKey(), entry.getValue());
            }
        }
        return forgettable;
    }

    /** Forgets everything. */
    void clear() {
        for (var table : List.of(EVENTS, PAYLOADS, RESPONSES, FINISHED)) {
            store.drop(table);
        }
        synchronized (finished) {
            finished.clear();
        }
    }
}
