// SPDX-License-Identifier: Apache-2.0
/** The filter language: expressions, their text, and what they mean for a trace. */
@NullMarked
package dev.clew.traces.filter;

import org.jspecify.annotations.NullMarked;
