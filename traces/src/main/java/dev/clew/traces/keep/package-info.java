// SPDX-License-Identifier: Apache-2.0
/** The tail rule: keeps traces that the sampling rules would drop, once it is known what became of them. */
@NullMarked
package dev.clew.traces.keep;

import org.jspecify.annotations.NullMarked;
