// SPDX-License-Identifier: Apache-2.0
/** Load programs: each starts what it measures, prints its figures, and ends by itself. */
@NullMarked
package dev.clew.benchmarks;

import org.jspecify.annotations.NullMarked;
