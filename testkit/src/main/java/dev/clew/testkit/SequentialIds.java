// SPDX-License-Identifier: Apache-2.0
package dev.clew.testkit;

import dev.clew.core.IdSource;
import dev.clew.core.trace.SegmentId;
import dev.clew.core.trace.TraceId;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Ids that count up from 1, so that a test can name them. Safe for use by many threads. */
public final class SequentialIds implements IdSource {
    private final AtomicLong next = new AtomicLong();

    @Override
    public TraceId nextTraceId() {
        return TraceId.of(ManualClock.START.getEpochSecond(), 0, (int) next.incrementAndGet());
    }

    @Override
    public SegmentId nextSegmentId() {
        return SegmentId.of(next.incrementAndGet());
    }

    @Override
    public UUID nextUuid() {
        return new UUID(0x4000L, 0x8000000000000000L | next.incrementAndGet());
    }

    @Override
    public UUID nextOrderedUuid() {
        return nextUuid();
    }

    @Override
    public String nextText(String alphabet, int length) {
        var text = new char[length];
        long number = next.incrementAndGet();
        for (int i = length - 1; i >= 0; i--) {
            text[i] = alphabet.charAt((int) (number % alphabet.length()));
            number /= alphabet.length();
        }
        return new String(text);
    }
}
