// SPDX-License-Identifier: Apache-2.0
/** Answers about traces: summaries and whole traces. */
@NullMarked
package dev.clew.traces.query;

import org.jspecify.annotations.NullMarked;
