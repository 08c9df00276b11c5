// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.archive;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/** Keys of archived events: archive, time of the event, id of the event. */
final class Keys {
    private static final int ID = 2 * Long.BYTES;

    private Keys() {}

    static byte[] of(UUID id) {
        return ByteBuffer.allocate(ID)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    static byte[] of(UUID first, UUID second) {
        return ByteBuffer.allocate(2 * ID).put(of(first)).put(of(second)).array();
    }

    /** Before every event of {@code archive} at {@code time} or later. */
    static byte[] from(UUID archive, Instant time) {
        return ByteBuffer.allocate(ID + Long.BYTES)
                .put(of(archive))
                .putLong(sortable(time))
                .array();
    }

    static byte[] event(UUID archive, Instant time, UUID event) {
        return ByteBuffer.allocate(2 * ID + Long.BYTES)
                .put(from(archive, time))
                .put(of(event))
                .array();
    }

    /** After everything of {@code id}, before everything of the next. */
    static byte[] end(UUID id) {
        var end = of(id);
        for (int i = end.length - 1; i >= 0; i--) {
            if (++end[i] != 0) {
                return end;
            }
        }
        var last = new byte[ID + 1]; // of the greatest id: no key that begins with it is longer than two ids
        Arrays.fill(last, (byte) 0xff);
        return last;
    }

    /** The smallest key after {@code key}. */
    static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    /** The id that {@code key} begins with. */
    static UUID id(byte[] key) {
        var bytes = ByteBuffer.wrap(key);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /** Times before 1970 sort first: a producer may name any time. */
    private static long sortable(Instant time) {
        return time.toEpochMilli() ^ Long.MIN_VALUE;
    }
}
