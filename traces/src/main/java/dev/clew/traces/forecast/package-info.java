// SPDX-License-Identifier: Apache-2.0
/** How many faults are to be expected of a service, from its own past. */
@NullMarked
package dev.clew.traces.forecast;

import org.jspecify.annotations.NullMarked;
