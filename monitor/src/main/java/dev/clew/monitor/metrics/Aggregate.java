// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.metrics;

import java.nio.ByteBuffer;

/**
 * What is kept of the values of one metric in one interval. Merging is exact but for the spread, which is a {@link Sketch}. Not
 * safe for use by many threads.
 */
final class Aggregate {
    private static final byte VERSION = 1;

    private double count;
    private double sum;
    private double minimum = Double.POSITIVE_INFINITY;
    private double maximum = Double.NEGATIVE_INFINITY;
    private Sketch spread = new Sketch();

    /** {@code count} times {@code value}. */
    static Aggregate of(double value, double count) {
        var aggregate = new Aggregate();
        aggregate.add(value, count);
        return aggregate;
    }

    /** What a client computed; how the values spread is known only if they are all the same. */
    static Aggregate ofStatistics(double count, double sum, double minimum, double maximum) {
        var aggregate = new Aggregate();
        aggregate.count = count;
        aggregate.sum = sum;
        aggregate.minimum = minimum;
        aggregate.maximum = maximum;
        if (minimum == maximum || count == 1) {
            aggregate.spread.add(count == 1 ? sum : minimum, count);
        }
        return aggregate;
    }

    void add(double value, double times) {
        count += times;
        sum += value * times;
        minimum = Math.min(minimum, value);
        maximum = Math.max(maximum, value);
        spread.add(value, times);
    }

    void add(Aggregate other) {
        count += other.count;
        sum += other.sum;
        minimum = Math.min(minimum, other.minimum);
        maximum = Math.max(maximum, other.maximum);
        spread.add(other.spread);
    }

    Aggregate copy() {
        var copy = new Aggregate();
        copy.add(this);
        return copy;
    }

    double count() {
        return count;
    }

    double sum() {
        return sum;
    }

    double minimum() {
        return minimum;
    }

    double maximum() {
        return maximum;
    }

    Sketch spread() {
        return spread;
    }

    /** Whether it is known how the values spread. */
    boolean spreadKnown() {
        return count > 0 && Math.abs(spread.total() - count) <= count * 1e-9;
    }

    byte[] encode() {
        var buffer = ByteBuffer.allocate(1 + 4 * Double.BYTES + spread.encodedSize());
        buffer.put(VERSION).putDouble(count).putDouble(sum).putDouble(minimum).putDouble(maximum);
        spread.write(buffer);
        var bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }

    /** @throws IllegalArgumentException if {@code bytes} are of a version that is not known */
    static Aggregate decode(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        byte version = buffer.get();
        if (version != VERSION) {
            throw new IllegalArgumentException("version: " + version + " (expected: " + VERSION + ")");
        }
        var aggregate = new Aggregate();
        aggregate.count = buffer.getDouble();
        aggregate.sum = buffer.getDouble();
        aggregate.minimum = buffer.getDouble();
        aggregate.maximum = buffer.getDouble();
        aggregate.spread = Sketch.read(buffer);
        return aggregate;
    }
}
