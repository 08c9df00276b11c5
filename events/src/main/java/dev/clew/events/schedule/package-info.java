// SPDX-License-Identifier: Apache-2.0
/** Rules that fire by the clock: what their expressions say, and who makes them fire. */
@NullMarked
package dev.clew.events.schedule;

import org.jspecify.annotations.NullMarked;
