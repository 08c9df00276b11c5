// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.query;

import dev.clew.monitor.metrics.Periods;

/**
 * The time that a query is about.
 *
 * @param begin in epoch seconds
 * @param end in epoch seconds, exclusive
 * @param aligned whether intervals begin at multiples of their period; otherwise they are counted from {@code begin}
 */
public record Window(long begin, long end, boolean aligned) {
    /** Where the first interval of {@code period} seconds begins. */
    long first(long period) {
        return aligned ? Periods.floor(begin, period) : begin;
    }
}
