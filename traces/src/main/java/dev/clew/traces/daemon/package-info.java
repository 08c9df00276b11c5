// SPDX-License-Identifier: Apache-2.0
/** The X-Ray daemon's UDP protocol. */
@NullMarked
package dev.clew.traces.daemon;

import org.jspecify.annotations.NullMarked;
