// SPDX-License-Identifier: Apache-2.0
/** The order system of the recipe, as four Java functions and as the recipe's own script. */
@NullMarked
package dev.clew.examples;

import org.jspecify.annotations.NullMarked;
