// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.ledger;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One queue as it stands in memory. Read inside a decision only; changed by {@link State#apply} only. */
public final class Queue {
    private final Messages messages;
    private final Map<String, Deduplication> remembered = new HashMap<>();
    private final TreeSet<Deduplication> forgetting =
            new TreeSet<>(Comparator.comparingLong(Deduplication::until).thenComparing(Deduplication::key));
    private final TreeMap<String, MoveTask> tasks = new TreeMap<>();
    private QueueDefinition definition;
    private Optional<RedrivePolicy> redrive;

    Queue(QueueDefinition definition) {
        this.definition = definition;
        this.redrive = RedrivePolicy.of(definition);
        this.messages = new Messages(definition.fifo());
    }

    public QueueDefinition definition() {
        return definition;
    }

    public long id() {
        return definition.id();
    }

    /** Where messages go that nobody manages to delete, if anywhere. */
    public Optional<RedrivePolicy> redrive() {
        return redrive;
    }

    void define(QueueDefinition changed) {
        definition = changed;
        redrive = RedrivePolicy.of(changed);
    }

    /** Messages and remembered ids. */
    int size() {
        return messages.size() + remembered.size();
    }

    Messages messages() {
        return messages;
    }

    /** The message with this sequence, or null. */
    public @Nullable Entry find(long sequence) {
        return messages.find(sequence);
    }

    /** Up to {@code limit} messages that may be received, in order. */
    public List<Entry> receivable(int limit) {
        return messages.receivable(limit);
    }

    /** Every message, in order of arrival. For tests. */
    public List<Entry> all() {
        return messages.all();
    }

    /** How many messages may be received, are in flight, and are delayed. */
    public Counts counts() {
        return new Counts(messages.visible(), messages.hidden(), messages.waiting(), messages.oldest());
    }

    /** When the next hidden message becomes receivable; {@code Long.MAX_VALUE} if none is hidden. */
    public long nextDue() {
        return messages.nextDue();
    }

    /** @param oldestSentAt {@code Long.MAX_VALUE} if the queue is empty */
    public record Counts(int visible, int inFlight, int delayed, long oldestSentAt) {}

    /** What was accepted with this deduplication key and is not forgotten, or null. */
    public @Nullable Deduplication remembered(String key) {
        return remembered.get(key);
    }

    void remember(Deduplication deduplication) {
        forget(deduplication.key());
        remembered.put(deduplication.key(), deduplication);
        forgetting.add(deduplication);
    }

    void forget(String key) {
        var forgotten = remembered.remove(key);
        if (forgotten != null) {
            forgetting.remove(forgotten);
        }
    }

    /** The next deduplication key that is to be forgotten at {@code now}, or null. */
    @Nullable
    Deduplication forgettable(long now) {
        return forgetting.isEmpty() || forgetting.first().until() > now ? null : forgetting.first();
    }

    /** Whether something is left that should be gone at {@code now}. */
    boolean expired(long now) {
        return messages.oldest() <= now - definition.retention() || forgettable(now) != null;
    }

    /** Move tasks out of this queue, by id. */
    public TreeMap<String, MoveTask> tasks() {
        return new TreeMap<>(tasks);
    }

    void task(MoveTask task) {
        tasks.put(task.id(), task);
    }

    void forgetTask(String id) {
        tasks.remove(id);
    }
}
