// SPDX-License-Identifier: Apache-2.0
/** Archives of what a bus took, and replays that put it there again. */
@NullMarked
package dev.clew.events.archive;

import org.jspecify.annotations.NullMarked;
