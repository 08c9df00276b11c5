// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.metrics;

import dev.clew.core.store.Store;
import dev.clew.monitor.api.cloudwatch.CloudwatchModel;
import dev.clew.wire.ServiceBinding;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;

/** Metrics on one store: what records them, what reads them, and their operations. Used through {@link dev.clew.monitor.Metrics}. */
public final class MetricStore implements AutoCloseable {
    private static final Logger LOG = System.getLogger(MetricStore.class.getName());

    private final InstantSource time;
    private final MetricsConfig config;
    private final SeriesTable series;
    private final Rows rows;
    private final MetricWriter writer;
    private final Recorder recorder;
    private final MetricReader reader;
    private Instant nextFlush;
    private Instant nextSweep;

    /** Reads which metrics there are, and starts the thread that writes. */
    public MetricStore(Store store, InstantSource time, MetricsConfig config) {
        this.time = time;
        this.config = config;
        this.series = new SeriesTable(store, config.mostMetrics());
        this.rows = new Rows(store);
        this.writer = new MetricWriter(store, time, series, rows);
        this.recorder = new Recorder(writer, time, config.mostMetrics());
        this.reader = new MetricReader(series, rows, recorder, time);
        this.nextFlush = time.instant().plus(config.flush());
        this.nextSweep = time.instant();
        writer.start();
    }

    public Recorder recorder() {
        return recorder;
    }

    public MetricReader reader() {
        return reader;
    }

    /** Adds the operations that put and list metrics. */
    public ServiceBinding.Builder bind(ServiceBinding.Builder service) {
        return service.bind(CloudwatchModel.PUT_METRIC_DATA, new PutMetricData(writer, time))
                .bind(CloudwatchModel.GET_METRIC_STATISTICS, new GetMetricStatistics(reader))
                .bind(CloudwatchModel.LIST_METRICS, new ListMetrics(series, recorder, time));
    }

    /** Values that found no room, or could not be stored, since the start. */
    public long dropped() {
        return recorder.dropped() + writer.dropped();
    }

    /** Does what is due: stores what was recorded, drops what is past its retention. Called by one thread. */
    public void tick() {
        var now = time.instant();
        if (!now.isBefore(nextFlush)) {
            nextFlush = now.plus(config.flush());
            recorder.flush();
        }
        if (!now.isBefore(nextSweep)) {
            nextSweep = now.plus(config.sweep());
            try {
                rows.dropExpired(now);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "old metrics could not be removed; the next sweep tries again", e);
            }
        }
    }

    /** Stores what was recorded, and stops. */
    @Override
    public void close() {
        recorder.flush();
        writer.close();
    }
}
