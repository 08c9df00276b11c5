// SPDX-License-Identifier: Apache-2.0
/** Service graphs and statistics over time. */
@NullMarked
package dev.clew.traces.graph;

import org.jspecify.annotations.NullMarked;
