// SPDX-License-Identifier: Apache-2.0
/** The control plane: buses and their policies, rules, targets and tags. */
@NullMarked
package dev.clew.events.bus;

import org.jspecify.annotations.NullMarked;
