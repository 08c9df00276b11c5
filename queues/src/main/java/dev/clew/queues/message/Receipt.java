// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.message;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One receive of one message. Clients see it as an opaque handle with a checksum, so that a mangled one is told from one whose message
 * is gone.
 */
record Receipt(long queue, long sequence, int receive) {
    private static final byte VERSION = 1;
    private static final int LENGTH = 1 + 8 + 8 + 4;
    private static final int WITH_CHECKSUM = LENGTH + 4;

    String handle() {
        var bytes = ByteBuffer.allocate(WITH_CHECKSUM)
                .put(VERSION)
                .putLong(queue)
                .putLong(sequence)
                .putInt(receive);
        bytes.putInt(checksum(bytes.array()));
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /** The receipt that {@code handle} spells, or nothing if we never gave it out. */
    static Optional<Receipt> parse(String handle) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(handle);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length != WITH_CHECKSUM || bytes[0] != VERSION) {
            return Optional.empty();
        }
        var in = ByteBuffer.wrap(bytes, 1, WITH_CHECKSUM - 1);
        var receipt = new Receipt(in.getLong(), in.getLong(), in.getInt());
        return in.getInt() == checksum(bytes) ? Optional.of(receipt) : Optional.empty();
    }

    private static int checksum(byte[] bytes) {
        var checksum = new CRC32C();
        checksum.update(bytes, 0, LENGTH);
        return (int) checksum.getValue();
    }
}
