// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.metrics;

import dev.clew.core.Scope;
import dev.clew.monitor.api.cloudwatch.Dimension;
import java.util.List;

/**
 * A metric that has data.
 *
 * @param id under which its rows are stored
 * @param units one bit for each unit that its data has, by {@link Units#code}
 * @param lastHour begin of the hour of its latest data, in epoch seconds
 */
record Series(
        long id,
        String account,
        String region,
        String namespace,
        String name,
        List<Dimension> dimensions,
        int units,
        long lastHour) {
    Series {
        dimensions = List.copyOf(dimensions);
    }

    static Series of(long id, MetricName metric) {
        return new Series(
                id,
                metric.scope().account(),
                metric.scope().region(),
                metric.namespace(),
                metric.name(),
                metric.dimensions(),
                0,
                0);
    }

    MetricName metric() {
        return new MetricName(new Scope(account, region), namespace, name, dimensions);
    }

    /** The same after data of this unit and time. */
    Series with(int unit, long epochSecond) {
        long hour = Math.max(lastHour, Resolution.HOUR.floor(epochSecond));
        int more = units | 1 << unit;
        return more == units && hour == lastHour
                ? this
                : new Series(id, account, region, namespace, name, dimensions, more, hour);
    }

    boolean has(int unit) {
        return (units & 1 << unit) != 0;
    }
}
