// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.clew.wire.protocol;

import org.jspecify.annotations.NullMarked;
