// SPDX-License-Identifier: Apache-2.0
/**
 * Insights: services whose requests fail more often than their own past makes likely, what of them belongs together, and the
 * forecasts made of the same model.
 */
@NullMarked
package dev.clew.traces.insight;

import org.jspecify.annotations.NullMarked;
