// SPDX-License-Identifier: Apache-2.0
/** The trace index: finds the traces that may match, quickly. Derived, and holds nothing that the store does not. */
@NullMarked
package dev.clew.traces.index;

import org.jspecify.annotations.NullMarked;
