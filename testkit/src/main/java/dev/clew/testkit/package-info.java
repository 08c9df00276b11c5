// SPDX-License-Identifier: Apache-2.0
/** What tests share: a clock they move, ids they can predict, seeds, a store in memory. */
@NullMarked
package dev.clew.testkit;

import org.jspecify.annotations.NullMarked;
