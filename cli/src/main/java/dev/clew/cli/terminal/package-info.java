// SPDX-License-Identifier: Apache-2.0
/** Drawing text: lines that never wrap, colours that may be absent, bars, and numbers with three significant digits. */
@NullMarked
package dev.clew.cli.terminal;

import org.jspecify.annotations.NullMarked;
