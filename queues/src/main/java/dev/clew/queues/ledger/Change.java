// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.ledger;

import dev.clew.core.store.WriteBatch;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/**
 * One change of what the queues hold. {@link #write} says how it is stored, {@link State#apply} what it means; nothing else
 * changes state, neither while serving nor when the store is read at start.
 */
public sealed interface Change {
    JsonMapper JSON = JsonMapper.shared();

    /** Adds the change to what is to be committed. */
    void write(WriteBatch batch);

    /** A queue is made, or its definition changes. */
    record QueueSet(QueueDefinition queue) implements Change {
        @Override
        public void write(WriteBatch batch) {
            batch.put(Tables.QUEUES, queue.key(), JSON.writeValueAsBytes(queue));
            batch.delete(Tables.DELETED, queue.key());
        }
    }

    /** A queue is deleted with all it holds; its name is remembered. */
    record QueueDeleted(QueueDefinition queue, long at) implements Change {
        @Override
        public void write(WriteBatch batch) {
            new QueuePurged(queue.id()).write(batch);
            var id = queue.id();
            batch.deleteRange(Tables.DEDUPLICATION, Tables.first(id), Tables.first(id + 1));
            batch.deleteRange(Tables.TASKS, Tables.first(id), Tables.first(id + 1));
            batch.delete(Tables.QUEUES, queue.key());
            batch.put(Tables.DELETED, queue.key(), Tables.number(at));
        }
    }

    /** The name of a deleted queue is forgotten. */
    record NameFreed(String key) implements Change {
        @Override
        public void write(WriteBatch batch) {
            batch.delete(Tables.DELETED, key);
        }
    }

    /** Every message of a queue is removed. */
    record QueuePurged(long queue) implements Change {
        @Override
        public void write(WriteBatch batch) {
            batch.deleteRange(Tables.MESSAGES, Tables.first(queue), Tables.first(queue + 1));
            batch.deleteRange(Tables.BODIES, Tables.first(queue), Tables.first(queue + 1));
        }
    }

    /** A message arrives. */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    record MessageAdded(long queue, Entry entry, byte[] body) implements Change {
        @Override
        public void write(WriteBatch batch) {
            new MessageSet(queue, entry).write(batch);
            batch.put(Tables.BODIES, Tables.message(queue, entry.sequence()), body);
        }
    }

    /** A message was received, or is hidden for another time. */
    record MessageSet(long queue, Entry entry) implements Change {
        @Override
        public void write(WriteBatch batch) {
            batch.put(Tables.MESSAGES, Tables.message(queue, entry.sequence()), entry.bytes());
        }
    }

    /** A message is gone: deleted, moved or expired. */
    record MessageRemoved(long queue, long sequence) implements Change {
        @Override
        public void write(WriteBatch batch) {
            batch.delete(Tables.MESSAGES, Tables.message(queue, sequence));
            batch.delete(Tables.BODIES, Tables.message(queue, sequence));
        }
    }

    /** A deduplication id is remembered. */
    record Remembered(long queue, Deduplication deduplication) implements Change {
        @Override
        public void write(WriteBatch batch) {
            batch.put(
                    Tables.DEDUPLICATION,
                    Tables.text(queue, deduplication.key()),
                    JSON.writeValueAsBytes(deduplication));
        }
    }

    /** A deduplication id is forgotten. */
    record Forgotten(long queue, String key) implements Change {
        @Override
        public void write(WriteBatch batch) {
            batch.delete(Tables.DEDUPLICATION, Tables.text(queue, key));
        }
    }

    /** A move task begins, goes on or ends. */
    record TaskSet(MoveTask task) implements Change {
        @Override
        public void write(WriteBatch batch) {
            batch.put(Tables.TASKS, Tables.text(task.source(), task.id()), JSON.writeValueAsBytes(task));
        }
    }

    /** An ended move task is forgotten. */
    record TaskForgotten(MoveTask task) implements Change {
        @Override
        public void write(WriteBatch batch) {
            batch.delete(Tables.TASKS, Tables.text(task.source(), task.id()));
        }
    }

    /** Numbers below {@code limit} may be in use; a restart begins there. */
    record NumbersReserved(long limit) implements Change {
        @Override
        public void write(WriteBatch batch) {
            batch.put(Tables.SEQUENCE, Tables.SEQUENCE_KEY, Tables.number(limit));
        }
    }

    /** The key of a row of {@link Tables#QUEUES} or {@link Tables#DELETED}. */
    static String key(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
