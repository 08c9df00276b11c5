// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/** The ledger's keys: their order is the order of reading. */
final class Keys {
    private static final int TIME_AND_DELIVERY = Long.BYTES + 16;

    private Keys() {}

    static byte[] of(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    static byte[] arrival(UUID id, UUID arrival) {
        return join(of(id), of(arrival));
    }

    static byte[] event(AcceptedEvent.Key key) {
        return arrival(key.id(), key.arrival());
    }

    static byte[] delivery(Delivery delivery) {
        return join(event(delivery.event()), of(delivery.id()));
    }

    static byte[] step(Delivery delivery, int number) {
        return join(
                delivery(delivery),
                ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    static byte[] time(Instant instant) {
        return ByteBuffer.allocate(Long.BYTES).putLong(instant.toEpochMilli()).array();
    }

    static byte[] time(AcceptedEvent.Key key) {
        return join(time(key.accepted()), event(key));
    }

    /** Prefix of all that is owed to {@code target}; an ARN holds no zero byte. */
    static byte[] target(String target) {
        return (target + '\0').getBytes(StandardCharsets.UTF_8);
    }

    static byte[] afterTarget(String target) {
        return (target + '\1').getBytes(StandardCharsets.UTF_8);
    }

    static byte[] owed(Delivery delivery) {
        return join(join(target(delivery.target().arn()), time(delivery.due())), of(delivery.id()));
    }

    /** The target in a key of {@link #owed}. */
    static String targetOf(byte[] owed) {
        return new String(owed, 0, owed.length - TIME_AND_DELIVERY - 1, StandardCharsets.UTF_8);
    }

    /** The key that follows {@code key}. */
    static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    /** The first key behind all that begin with {@code prefix}. */
    static byte[] end(byte[] prefix) {
        var end = prefix.clone();
        for (int i = end.length - 1; i >= 0; i--) {
            if (++end[i] != 0) {
                return Arrays.copyOf(end, i + 1);
            }
        }
        return after(join(prefix, new byte[] {-1, -1, -1, -1})); // all bits set: no id is
    }

    private static byte[] join(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
