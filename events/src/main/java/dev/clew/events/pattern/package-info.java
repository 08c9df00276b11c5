// SPDX-License-Identifier: Apache-2.0
/** Event patterns: checked when a rule is written, compiled into one machine per bus, matched without blocking. */
@NullMarked
package dev.clew.events.pattern;

import org.jspecify.annotations.NullMarked;
