// SPDX-License-Identifier: Apache-2.0
/** Which resource of a deployed API a request path means. */
@NullMarked
package dev.clew.gateway.route;

import org.jspecify.annotations.NullMarked;
