// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Writes the fields of a row one after the other, without names: rows are written with every event, and read by {@link RowReader}
 * alone. Not safe for use by many threads.
 */
final class RowWriter {
    private static final int USUAL_BYTES = 512;

    private ByteBuffer row = ByteBuffer.allocate(USUAL_BYTES);

    RowWriter number(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    RowWriter flag(boolean value) {
        room(1).put((byte) (value ? 1 : 0));
        return this;
    }

    RowWriter id(UUID value) {
        room(2 * Long.BYTES).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
        return this;
    }

    RowWriter time(Instant value) {
        room(Long.BYTES + Integer.BYTES).putLong(value.getEpochSecond()).putInt(value.getNano());
        return this;
    }

    RowWriter text(String value) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        room(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes);
        return this;
    }

    <T> RowWriter list(List<T> values, BiConsumer<RowWriter, T> element) {
        number(values.size());
        values.forEach(value -> element.accept(this, value));
        return this;
    }

    byte[] bytes() {
        return Arrays.copyOf(row.array(), row.position());
    }

    private ByteBuffer room(int bytes) {
        if (row.remaining() < bytes) {
            int wanted = Math.addExact(row.position(), bytes);
            row = ByteBuffer.allocate(Math.max(wanted, 2 * row.capacity())).put(row.flip());
        }
        return row;
    }
}
