// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.metrics;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How values spread, in buckets whose width grows with the value: a quantile is off by at most one percent of itself. Two
 * sketches merge without further loss. Bounded: past {@link #MAX_BUCKETS} the two neighbours nearest to zero become one. Not safe
 * for use by many threads.
 */
final class Sketch {
    /** Relative width of a bucket. */
    private static final double GAMMA = 1.02;

    private static final double LOG_GAMMA = Math.log(GAMMA);
    /** Values nearer to zero than this count as zero. */
    private static final double SMALLEST = 1e-9;

    static final int MAX_BUCKETS = 1_024;

    /** So that indices of positive values are positive and those of negative ones negative; 0 is the bucket of zero. */
    private static final int OFFSET = 20_000;

    private int[] indices = new int[2];
    private double[] counts = new double[2];
    private int size;

    /** Called for each bucket, from the least value to the greatest. */
    @FunctionalInterface
    interface Visitor {
        void bucket(double value, double count);
    }

    void add(double value, double count) {
        addIndex(index(value), count);
    }

    void add(Sketch other) {
        for (int i = 0; i < other.size; i++) {
            addIndex(other.indices[i], other.counts[i]);
        }
    }

    private static int index(double value) {
        double magnitude = Math.abs(value);
        if (magnitude < SMALLEST) {
            return 0;
        }
        int index = OFFSET + (int) Math.ceil(Math.log(magnitude) / LOG_GAMMA);
        return value > 0 ? index : -index;
    }

    /** The value that stands for a bucket: no value in it differs by more than one percent. */
    private static double value(int index) {
        if (index == 0) {
            return 0;
        }
        double magnitude = 2 * Math.exp((Math.abs(index) - OFFSET) * LOG_GAMMA) / (GAMMA + 1);
        return index > 0 ? magnitude : -magnitude;
    }

    private void addIndex(int index, double count) {
        int at = Arrays.binarySearch(indices, 0, size, index);
        if (at >= 0) {
            counts[at] += count;
            return;
        }
        int place = -at - 1;
        if (size == indices.length) {
            indices = Arrays.copyOf(indices, size * 2);
            counts = Arrays.copyOf(counts, size * 2);
        }
        System.arraycopy(indices, place, indices, place + 1, size - place);
        System.arraycopy(counts, place, counts, place + 1, size - place);
        indices[place] = index;
        counts[place] = count;
        size++;
        if (size > MAX_BUCKETS) {
            joinNearestToZero();
        }
    }

    private void joinNearestToZero() {
        int nearest = 0;
        for (int i = 1; i < size; i++) {
            if (Math.abs(indices[i]) < Math.abs(indices[nearest])) {
                nearest = i;
            }
        }
        int into = nearest + 1 < size ? nearest + 1 : nearest - 1;
        counts[into] += counts[nearest];
        System.arraycopy(indices, nearest + 1, indices, nearest, size - nearest - 1);
        System.arraycopy(counts, nearest + 1, counts, nearest, size - nearest - 1);
        size--;
    }

    /** How many values are in it. */
    double total() {
        double total = 0;
        for (int i = 0; i < size; i++) {
            total += counts[i];
        }
        return total;
    }

    void forEach(Visitor visitor) {
        for (int i = 0; i < size; i++) {
            visitor.bucket(value(indices[i]), counts[i]);
        }
    }

    /** The bytes that {@link #write} needs at most. */
    int encodedSize() {
        return 5 + size * 15;
    }

    void write(ByteBuffer to) {
        writeNumber(to, size);
        int previous = 0;
        for (int i = 0; i < size; i++) {
            int step = indices[i] - previous;
            writeNumber(to, (step << 1) ^ (step >> 31));
            previous = indices[i];
            // whole counts have few bits set, all at the top: reversed, they are short
            writeNumber(to, Long.reverseBytes(Double.doubleToLongBits(counts[i])));
        }
    }

    static Sketch read(ByteBuffer from) {
        var sketch = new Sketch();
        int size = (int) readNumber(from);
        sketch.indices = new int[Math.max(2, size)];
        sketch.counts = new double[Math.max(2, size)];
        sketch.size = size;
        int previous = 0;
        for (int i = 0; i < size; i++) {
            int coded = (int) readNumber(from);
            previous += (coded >>> 1) ^ -(coded & 1);
            sketch.indices[i] = previous;
            sketch.counts[i] = Double.longBitsToDouble(Long.reverseBytes(readNumber(from)));
        }
        return sketch;
    }

    private static void writeNumber(ByteBuffer to, long number) {
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            to.put((byte) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        to.put((byte) rest);
    }

    private static long readNumber(ByteBuffer from) {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = from.get();
            number |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return number;
            }
        }
    }
}
