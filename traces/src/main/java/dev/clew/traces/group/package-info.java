// SPDX-License-Identifier: Apache-2.0
/** Groups: named filter expressions, and which traces are in them. */
@NullMarked
package dev.clew.traces.group;

import org.jspecify.annotations.NullMarked;
