// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Reads what {@link RowWriter} wrote, in the same order. Not safe for use by many threads. */
final class RowReader {
    private final ByteBuffer row;

    RowReader(byte[] row) {
        this.row = ByteBuffer.wrap(row);
    }

    int number() {
        return row.getInt();
    }

    boolean flag() {
        return row.get() != 0;
    }

    UUID id() {
        return new UUID(row.getLong(), row.getLong());
    }

    Instant time() {
        return Instant.ofEpochSecond(row.getLong(), row.getInt());
    }

    String text() {
        var bytes = new byte[row.getInt()];
        row.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    <T> List<T> list(Function<RowReader, T> element) {
        int size = row.getInt();
        var values = new ArrayList<T>(size);
        for (int i = 0; i < size; i++) {
            values.add(element.apply(this));
        }
        return values;
    }
}
