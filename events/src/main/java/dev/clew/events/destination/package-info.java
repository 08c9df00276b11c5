// SPDX-License-Identifier: Apache-2.0
/** HTTP endpoints as targets: connections that hold what they ask for, API destinations that name them, and the calls. */
@NullMarked
package dev.clew.events.destination;

import org.jspecify.annotations.NullMarked;
