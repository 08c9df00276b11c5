// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The tables of the store and their keys: everything of one queue stands together under its id. */
final class Tables {
    static final String QUEUES = "queues.queues";
    static final String DELETED = "queues.deleted";
    static final String MESSAGES = "queues.messages";
    static final String BODIES = "queues.bodies";
    static final String DEDUPLICATION = "queues.deduplication";
    static final String TASKS = "queues.tasks";
    static final String SEQUENCE = "queues.sequence";
    static final byte[] SEQUENCE_KEY = {0};

    private Tables() {}

    static byte[] message(long queue, long sequence) {
        return ByteBuffer.allocate(16).putLong(queue).putLong(sequence).array();
    }

    /** The sequence in a key of {@link #message}. */
    static long sequenceOf(byte[] message) {
        return ByteBuffer.wrap(message).getLong(Long.BYTES);
    }

    static byte[] text(long queue, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + bytes.length).putLong(queue).put(bytes).array();
    }

    /** The first key of a queue; that of the next queue id ends its range. */
    static byte[] first(long queue) {
        return number(queue);
    }

    static byte[] number(long number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }
}
