// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.metrics;

import dev.clew.core.metric.MetricSink;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Adds up values in memory, by metric and minute, until {@link #flush} hands them to the store. A value costs a look-up and a few
 * additions under a lock that only writers of the same metric share.
 */
public final class Recorder implements MetricSink {
    private static final Logger LOG = System.getLogger(Recorder.class.getName());
    /** Minutes of one metric that wait at once; values of further ones are dropped. */
    private static final int MOST_MINUTES = 64;
    /** A metric that nobody wrote to in so many flushes in a row is let go. */
    private static final int IDLE_FLUSHES = 10;

    private final MetricWriter writer;
    private final InstantSource time;
    private final int mostMetrics;
    private final ConcurrentMap<Key, Pending> pending = new ConcurrentHashMap<>();
    private final LongAdder dropped = new LongAdder();
    private final ReentrantLock flushing = new ReentrantLock();

    private record Key(Source source, String name, String unit) {}

    /** What waits of one metric. */
    private static final class Pending {
        private final MetricName metric;
        private final int unit;
        private TreeMap<Long, Aggregate> times = new TreeMap<>();
        private boolean fine;
        private int idle;
        private boolean gone;

        Pending(Key key) {
            this.metric = MetricName.of(key.source, key.name);
            this.unit = Units.code(key.unit);
        }

        /** False if it was let go: then there is another. */
        synchronized boolean add(long epochSecond, boolean finer, double value, double count, LongAdder dropped) {
            if (gone) {
                return false;
            }
            fine |= finer;
            var values = times.get(epochSecond);
            if (values == null) {
                if (times.size() >= MOST_MINUTES) {
                    dropped.increment();
                    return true;
                }
                values = new Aggregate();
                times.put(epochSecond, values);
            }
            values.add(value, count);
            return true;
        }

        synchronized void take(List<Point> into) {
            idle = times.isEmpty() ? idle + 1 : 0;
            gone = idle >= IDLE_FLUSHES;
            if (!times.isEmpty()) {
                times.forEach((begin, values) -> into.add(new Point(metric, unit, begin, fine, values)));
                times = new TreeMap<>();
            }
        }

        synchronized boolean gone() {
            return gone;
        }
    }

    Recorder(MetricWriter writer, InstantSource time, int mostMetrics) {
        this.writer = writer;
        this.time = time;
        this.mostMetrics = mostMetrics;
    }

    @Override
    public void record(Source source, String name, Unit unit, double value) {
        add(
                new Key(source, name, unit.text()),
                Resolution.MINUTE.floor(time.instant().getEpochSecond()),
                false,
                value,
                1);
    }

    /**
     * Adds a value of another time than now.
     *
     * @param unit {@code None} stands for one that is not known
     * @param fine whether the value is kept by the second too
     */
    public void record(Source source, String name, String unit, Instant at, boolean fine, double value, double count) {
        long second = at.getEpochSecond();
        add(new Key(source, name, unit), fine ? second : Resolution.MINUTE.floor(second), fine, value, count);
    }

    private void add(Key key, long epochSecond, boolean fine, double value, double count) {
        if (!Double.isFinite(value)) {
            dropped.increment();
            return;
        }
        while (true) {
            var place = pending.get(key);
            if (place == null) {
                if (pending.size() >= mostMetrics) {
                    dropped.increment();
                    return;
                }
                place = pending.computeIfAbsent(key, Pending::new);
            }
            if (place.add(epochSecond, fine, value, count, dropped)) {
                return;
            }
            pending.remove(key, place);
        }
    }

    /** Stores what has been recorded; when it returns, every query sees it. */
    public void flush() {
        flushing.lock();
        try {
            var points = new ArrayList<Point>();
            pending.forEach((key, place) -> {
                place.take(points);
                if (place.gone()) {
                    pending.remove(key, place);
                }
            });
            if (!points.isEmpty()) {
                store(points);
            }
        } finally {
            flushing.unlock();
        }
    }

    private void store(List<Point> points) {
        try {
            writer.putWhatFits(points);
        } catch (RuntimeException e) { // a count that is lost must not stop what is counted
            dropped.add(points.size());
            LOG.log(Level.WARNING, points.size() + " aggregates of metrics could not be stored", e);
        }
    }

    /** Values and aggregates that found no room, or could not be stored. */
    long dropped() {
        return dropped.sum();
    }
}
