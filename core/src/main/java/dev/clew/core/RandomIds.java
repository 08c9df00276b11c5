// SPDX-License-Identifier: Apache-2.0
package dev.clew.core;

import dev.clew.core.trace.SegmentId;
import dev.clew.core.trace.TraceId;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

record RandomIds(InstantSource time, RandomGenerator random) implements IdSource {
    @Override
    public TraceId nextTraceId() {
        return TraceId.of(time.instant().getEpochSecond(), random.nextLong(), (int) random.nextLong());
    }

    @Override
    public SegmentId nextSegmentId() {
        return SegmentId.of(random.nextLong());
    }

    @Override
    public UUID nextUuid() {
        return uuid(random.nextLong() & 0xffffffffffff0fffL | 0x0000000000004000L);
    }

    @Override
    public UUID nextOrderedUuid() {
        return uuid(time.instant().toEpochMilli() << 16 | 0x0000000000007000L | random.nextLong() & 0x0fffL);
    }

    private UUID uuid(long high) {
        return new UUID(high, random.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L);
    }

    @Override
    public String nextText(String alphabet, int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
