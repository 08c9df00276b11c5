// SPDX-License-Identifier: Apache-2.0
/** Moves messages out of dead letter queues. */
@NullMarked
package dev.clew.queues.redrive;

import org.jspecify.annotations.NullMarked;
