// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.metrics;

/**
 * Values of one metric at one time, on their way to the store.
 *
 * @param unit as {@link Units#code} has it
 * @param fine whether they are kept by the second too, for a while
 */
record Point(MetricName metric, int unit, long epochSecond, boolean fine, Aggregate values) {}
