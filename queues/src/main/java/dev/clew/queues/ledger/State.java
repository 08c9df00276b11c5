// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.ledger;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.core.store.Store;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every queue as it stands. Read and changed inside decisions only, by one thread at a time. */
public final class State {
    private static final int PAGE = 1_000;

    private final TreeMap<String, Queue> byKey = new TreeMap<>();
    private final Map<Long, Queue> byId = new HashMap<>();
    private final TreeMap<String, Long> deleted = new TreeMap<>();
    private final Set<Long> touched = new HashSet<>();
    private long held;
    private long reserved;

    State() {}

    /** What {@code store} holds, each row through {@link #apply}. */
    static State load(Store store) {
        var state = new State();
        each(store, Tables.SEQUENCE, row -> state.apply(new Change.NumbersReserved(number(row.value()))));
        each(
                store,
                Tables.QUEUES,
                row -> state.apply(new Change.QueueSet(Change.JSON.readValue(row.value(), QueueDefinition.class))));
        each(store, Tables.DELETED, row -> state.deleted.put(Change.key(row.key()), number(row.value())));
        each(store, Tables.MESSAGES, row -> {
            var key = ByteBuffer.wrap(row.key());
            state.apply(new Change.MessageSet(key.getLong(), Entry.of(key.getLong(), row.value())));
        });
        each(
                store,
                Tables.DEDUPLICATION,
                row -> state.apply(new Change.Remembered(
                        ByteBuffer.wrap(row.key()).getLong(),
                        Change.JSON.readValue(row.value(), Deduplication.class))));
        each(
                store,
                Tables.TASKS,
                row -> state.apply(new Change.TaskSet(Change.JSON.readValue(row.value(), MoveTask.class))));
        state.touched.clear();
        return state;
    }

    private static long number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }

    private static void each(Store store, String table, Consumer<Store.Entry> use) {
        byte[] from = {};
        while (true) {
            var page = store.scan(table, from, null, PAGE);
            page.forEach(use);
            if (page.size() < PAGE) {
                return;
            }
            var last = page.getLast().key();
            from = Arrays.copyOf(last, last.length + 1);
        }
    }

    /** The only way in which state changes. */
    void apply(Change change) {
        switch (change) {
            case Change.QueueSet(var definition) -> {
                deleted.remove(definition.key());
                var known = byId.get(definition.id());
                if (known == null) {
                    var queue = new Queue(definition);
                    byId.put(definition.id(), queue);
                    byKey.put(definition.key(), queue);
                } else {
                    known.define(definition);
                }
            }
            case Change.QueueDeleted(var definition, long at) -> {
                held -= size(definition.id());
                byId.remove(definition.id());
                byKey.remove(definition.key());
                deleted.put(definition.key(), at);
                touched.add(definition.id());
            }
            case Change.NameFreed(var key) -> deleted.remove(key);
            case Change.QueuePurged(long id) ->
                on(id, queue -> queue.messages().all().forEach(entry -> remove(queue, entry.sequence())));
            case Change.MessageAdded(long id, var entry, byte[] _) -> on(id, queue -> put(queue, entry));
            case Change.MessageSet(long id, var entry) -> on(id, queue -> put(queue, entry));
            case Change.MessageRemoved(long id, long sequence) -> on(id, queue -> remove(queue, sequence));
            case Change.Remembered(long id, var deduplication) ->
                on(id, queue -> {
                    int before = queue.size();
                    queue.remember(deduplication);
                    held += queue.size() - before;
                });
            case Change.Forgotten(long id, var key) ->
                on(id, queue -> {
                    int before = queue.size();
                    queue.forget(key);
                    held += queue.size() - before;
                });
            case Change.TaskSet(var task) -> on(task.source(), queue -> queue.task(task));
            case Change.TaskForgotten(var task) -> on(task.source(), queue -> queue.forgetTask(task.id()));
            case Change.NumbersReserved(long limit) -> reserved = limit;
        }
    }

    private void on(long id, Consumer<Queue> use) {
        var queue = byId.get(id);
        if (queue != null) {
            touched.add(id);
            use.accept(queue);
        }
    }

    private void put(Queue queue, Entry entry) {
        int before = queue.size();
        queue.messages().put(entry);
        held += queue.size() - before;
    }

    private void remove(Queue queue, long sequence) {
        int before = queue.size();
        queue.messages().remove(sequence);
        held += queue.size() - before;
    }

    private int size(long id) {
        var queue = byId.get(id);
        return queue == null ? 0 : queue.size();
    }

    /** The queues in which something happened since this was asked last. */
    Set<Long> takeTouched() {
        var taken = Set.copyOf(touched);
        touched.clear();
        return taken;
    }

    /** Numbers from here on were not used before the last start. */
    long reserved() {
        return reserved;
    }

    /** Messages in all queues, and deduplication ids remembered: what fills the memory. */
    public long held() {
        return held;
    }

    public Optional<Queue> find(Scope scope, String name) {
        return Optional.ofNullable(byKey.get(QueueDefinition.key(scope, name)));
    }

    /** The queue that {@code arn} names, if it is one. */
    public Optional<Queue> find(@Nullable String arn) {
        return arn == null
                ? Optional.empty()
                : Arn.parse(arn)
                        .filter(parsed -> parsed.service().equals("sqs"))
                        .flatMap(parsed -> find(parsed.scope(), parsed.resource()));
    }

    public Optional<Queue> find(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The queues of a scope in order of their names, the first of them after {@code after}. */
    public Collection<Queue> list(Scope scope, String after) {
        var prefix = scope.key() + '/';
        return new ArrayList<>(byKey.subMap(prefix + after, false, prefix + Character.MAX_VALUE, false)
                .values());
    }

    /** Every queue. */
    public List<Queue> all() {
        return List.copyOf(byKey.values());
    }

    /** When the queue of this key was deleted, or null if that is long ago or never was. */
    public @Nullable Long deletedAt(String key) {
        return deleted.get(key);
    }

    /** The names deleted at or before {@code moment}. */
    List<String> deletedUntil(long moment) {
        return deleted.entrySet().stream()
                .filter(entry -> entry.getValue() <= moment)
                .map(Map.Entry::getKey)
                .toList();
    }
}
