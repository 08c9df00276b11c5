// SPDX-License-Identifier: Apache-2.0
/** Queries over metrics: statistics by period, and metric math over them. */
@NullMarked
package dev.clew.monitor.query;

import org.jspecify.annotations.NullMarked;
