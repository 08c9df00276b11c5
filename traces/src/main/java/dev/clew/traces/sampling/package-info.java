// SPDX-License-Identifier: Apache-2.0
/** Sampling rules, targets and decisions. */
@NullMarked
package dev.clew.traces.sampling;

import org.jspecify.annotations.NullMarked;
