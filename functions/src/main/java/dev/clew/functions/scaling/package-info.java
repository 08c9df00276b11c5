// SPDX-License-Identifier: Apache-2.0
/** Which execution environment takes which invocation, and how many there are. */
@NullMarked
package dev.clew.functions.scaling;

import org.jspecify.annotations.NullMarked;
