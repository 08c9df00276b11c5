// SPDX-License-Identifier: Apache-2.0
/** What queries need to know of a trace, derived from its documents. */
@NullMarked
package dev.clew.traces.digest;

import org.jspecify.annotations.NullMarked;
