// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import dev.clew.core.store.Store.Entry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A log event as stored.
 *
 * @param ingested when it arrived, in epoch milliseconds
 * @param streamId the id of its stream, which may have been deleted
 */
record Event(Position position, long ingested, long streamId, String stream, String message) {
    /** What each event counts beside its message. */
    static final int OVERHEAD = 26;

    /** Bytes that an event of this message counts. */
    static int size(byte[] message) {
        return message.length + OVERHEAD;
    }

    static byte[] encode(long ingested, Stream stream, byte[] message) {
        var name = stream.name().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 * Long.BYTES + Short.BYTES + name.length + message.length)
                .putLong(ingested)
                .putLong(stream.id())
                .putShort((short) name.length)
                .put(name)
                .put(message)
                .array();
    }

    static Event decode(Entry entry) {
        var fields = ByteBuffer.wrap(entry.value());
        long ingested = fields.getLong();
        long streamId = fields.getLong();
        var name = text(fields, fields.getShort());
        return new Event(Position.ofKey(entry.key()), ingested, streamId, name, text(fields, fields.remaining()));
    }

    private static String text(ByteBuffer fields, int length) {
        var text = new String(fields.array(), fields.position(), length, StandardCharsets.UTF_8);
        fields.position(fields.position() + length);
        return text;
    }
}
