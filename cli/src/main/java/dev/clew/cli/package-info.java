// SPDX-License-Identifier: Apache-2.0
/** The command clew: a client of the public API. */
@NullMarked
package dev.clew.cli;

import org.jspecify.annotations.NullMarked;
