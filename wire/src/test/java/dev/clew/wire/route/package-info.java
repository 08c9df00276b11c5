// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.clew.wire.route;

import org.jspecify.annotations.NullMarked;
