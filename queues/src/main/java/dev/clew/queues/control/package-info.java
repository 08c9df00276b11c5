// SPDX-License-Identifier: Apache-2.0
/** Operations on queues themselves: attributes, tags, permissions. */
@NullMarked
package dev.clew.queues.control;

import org.jspecify.annotations.NullMarked;
