// SPDX-License-Identifier: Apache-2.0
/** The front door: from an HTTP request to a typed operation and back, in each AWS protocol. */
@NullMarked
package dev.clew.wire;

import org.jspecify.annotations.NullMarked;
