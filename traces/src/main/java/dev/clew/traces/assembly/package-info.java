// SPDX-License-Identifier: Apache-2.0
/** A trace put together from its documents. */
@NullMarked
package dev.clew.traces.assembly;

import org.jspecify.annotations.NullMarked;
