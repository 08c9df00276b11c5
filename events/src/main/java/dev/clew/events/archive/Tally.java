// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.archive;

import java.nio.ByteBuffer;

/** How many events there are, and their bytes. */
record Tally(long events, long bytes) {
    static final Tally NONE = new Tally(0, 0);

    Tally plus(Tally other) {
        return new Tally(events + other.events, bytes + other.bytes);
    }

    Tally minus(Tally other) {
        return new Tally(events - other.events, bytes - other.bytes);
    }

    byte[] stored() {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(events)
                .putLong(bytes)
                .array();
    }

    static Tally of(byte[] stored) {
        var read = ByteBuffer.wrap(stored);
        return new Tally(read.getLong(), read.getLong());
    }
}
