// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.metrics;

import dev.clew.core.Check;
import java.time.Duration;

/**
 * Bounds and rhythm of the metric store.
 *
 * @param mostMetrics how many metrics, namespaces and dimensions all counted, may have data
 * @param flush how often what the platform and log lines recorded is stored
 * @param sweep how often slices past their retention are dropped
 */
public record MetricsConfig(int mostMetrics, Duration flush, Duration sweep) {
    /** 20,000 metrics, stored each minute. */
    public static final MetricsConfig DEFAULTS =
            new MetricsConfig(20_000, Duration.ofMinutes(1), Duration.ofMinutes(10));

    public MetricsConfig {
        Check.inRange("mostMetrics", mostMetrics, 1, 1_000_000);
        Check.inRange("flush", flush, Duration.ofSeconds(1), Duration.ofMinutes(1));
        Check.inRange("sweep", sweep, Duration.ofMinutes(1), Duration.ofDays(1));
    }
}
