// SPDX-License-Identifier: Apache-2.0
/** Metrics: series in memory, their data in time slices of the store, statistics and queries. */
@NullMarked
package dev.clew.monitor.metrics;

import org.jspecify.annotations.NullMarked;
