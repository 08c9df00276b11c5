// SPDX-License-Identifier: Apache-2.0
/** Trace retrieval jobs. */
@NullMarked
package dev.clew.traces.retrieval;

import org.jspecify.annotations.NullMarked;
