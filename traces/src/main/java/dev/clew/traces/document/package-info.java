// SPDX-License-Identifier: Apache-2.0
/** Segment documents: what they say, and which are refused. */
@NullMarked
package dev.clew.traces.document;

import org.jspecify.annotations.NullMarked;
