// SPDX-License-Identifier: Apache-2.0
/** Trace identity and context, the segments the platform writes, and the ports through which features write and sample them. */
@NullMarked
package dev.clew.core.trace;

import org.jspecify.annotations.NullMarked;
