// SPDX-License-Identifier: Apache-2.0
/** What a target receives: the event, a constant, a part of the event, or a template filled from it. Pure functions. */
@NullMarked
package dev.clew.events.input;

import org.jspecify.annotations.NullMarked;
