// SPDX-License-Identifier: Apache-2.0
/** JSON-patch operations on records of the service model. */
@NullMarked
package dev.clew.gateway.patch;

import org.jspecify.annotations.NullMarked;
