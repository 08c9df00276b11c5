// SPDX-License-Identifier: Apache-2.0
/** JMH and load programs. */
@NullMarked
package dev.clew.benchmarks;

import org.jspecify.annotations.NullMarked;
