// SPDX-License-Identifier: Apache-2.0
/** Which service and operation a request means. */
@NullMarked
package dev.clew.wire.route;

import org.jspecify.annotations.NullMarked;
