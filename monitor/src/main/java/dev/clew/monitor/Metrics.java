// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor;

import dev.clew.core.IdSource;
import dev.clew.core.metric.MetricSink;
import dev.clew.core.store.Store;
import dev.clew.monitor.alarms.AlarmEffects;
import dev.clew.monitor.alarms.AlarmService;
import dev.clew.monitor.api.cloudwatch.CloudwatchModel;
import dev.clew.monitor.dashboards.Dashboards;
import dev.clew.monitor.embedded.EmbeddedMetrics;
import dev.clew.monitor.logs.LineWatcher;
import dev.clew.monitor.metrics.MetricStore;
import dev.clew.monitor.metrics.MetricsConfig;
import dev.clew.monitor.query.GetMetricData;
import dev.clew.monitor.query.MetricQueries;
import dev.clew.wire.ServiceBinding;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * CloudWatch metrics, alarms and dashboards: the service, and the sink that the platform's parts count into. Safe for use by many
 * threads.
 */
public final class Metrics implements AutoCloseable {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Logger LOG = System.getLogger(Metrics.class.getName());

    private final InstantSource time;
    private final MetricStore metrics;
    private final MetricQueries queries;
    private final AlarmService alarms;
    private final Dashboards dashboards;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Thread thread;
    private volatile Runnable measure = () -> {};
    private volatile Instant nextMeasure = Instant.MIN;

    /**
     * Reads which metrics there are and starts the thread that writes them.
     *
     * @param store stays open when this is closed; close this first
     */
    public Metrics(Store store, InstantSource time, IdSource ids, MetricsConfig config) {
        this.metrics = new MetricStore(store, time, config);
        this.time = time;
        this.queries = new MetricQueries(metrics.reader());
        this.alarms = new AlarmService(store, queries, time, ids);
        this.dashboards = new Dashboards(store, time);
    }

    /** The operations of CloudWatch. */
    public ServiceBinding binding() {
        var service = metrics.bind(ServiceBinding.builder(CloudwatchModel.SERVICE));
        return dashboards
                .bind(alarms.bind(service))
                .bind(CloudwatchModel.GET_METRIC_DATA, new GetMetricData(queries))
                .build();
    }

    /** Finds the metrics that log lines embed. */
    public LineWatcher embedded() {
        var reader = new EmbeddedMetrics(metrics.recorder(), time);
        return reader::read;
    }

    /** Where the platform's parts count what they do. */
    public MetricSink sink() {
        return metrics.recorder();
    }

    /** Values that found no room, or could not be stored, since the start. */
    public long dropped() {
        return metrics.dropped();
    }

    /**
     * Does what is due, each second, on a thread of its own.
     *
     * @param effects does what changes of alarms set off
     * @param levels called each minute to record what is not counted but measured
     */
    public void start(AlarmEffects effects, Runnable levels) {
        measure = levels;
        thread = Thread.ofVirtual().name("clew-metrics-clock").start(() -> run(effects));
    }

    private void run(AlarmEffects effects) {
        try {
            while (!closed.await(1, TimeUnit.SECONDS)) {
                tickAndReport(effects);
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "the clock of metrics was interrupted", e);
        }
    }

    private void tickAndReport(AlarmEffects effects) {
        try {
            tick(effects);
        } catch (RuntimeException e) { // the next second may fare better
            LOG.log(Level.WARNING, "metrics could not be kept up to date", e);
        }
    }

    /** Does what is due by now. Called by one thread at a time. */
    public void tick(AlarmEffects effects) {
        var now = time.instant();
        if (!now.isBefore(nextMeasure)) {
            nextMeasure = now.plus(MINUTE);
            measure.run();
        }
        metrics.tick();
        alarms.tick(effects);
    }

    /** Stores what was counted, and stops. */
    @Override
    public void close() {
        closed.countDown();
        try {
            if (thread != null) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        metrics.close();
    }
}
