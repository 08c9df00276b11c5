// SPDX-License-Identifier: Apache-2.0
/** Assertions on traces, for tests in a shell. */
@NullMarked
package dev.clew.cli.expect;

import org.jspecify.annotations.NullMarked;
