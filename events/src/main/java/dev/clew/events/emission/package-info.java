// SPDX-License-Identifier: Apache-2.0
/** Events that no producer's call brings: what replays and schedules put on a bus. */
@NullMarked
package dev.clew.events.emission;

import org.jspecify.annotations.NullMarked;
