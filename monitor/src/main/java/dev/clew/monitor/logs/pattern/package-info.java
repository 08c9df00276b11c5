// SPDX-License-Identifier: Apache-2.0
/** Filter patterns: terms, JSON conditions and space-delimited fields that select log events. */
@NullMarked
package dev.clew.monitor.logs.pattern;

import org.jspecify.annotations.NullMarked;
