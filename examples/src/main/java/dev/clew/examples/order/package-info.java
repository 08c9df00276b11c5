// SPDX-License-Identifier: Apache-2.0
/** The order system: four functions that know each other only by events. They use AWS' libraries and nothing of Clew. */
@NullMarked
package dev.clew.examples.order;

import org.jspecify.annotations.NullMarked;
