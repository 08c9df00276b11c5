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
        var high = random.nextLong() & 0xffffffffffff0fffL | 0x0000000000004000L;
        var low = random.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
        return new UUID(high, low);
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
