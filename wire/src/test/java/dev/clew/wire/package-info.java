// SPDX-License-Identifier: Apache-2.0
/** Tests of the front door as a whole, against services made for the purpose. */
@NullMarked
package dev.clew.wire;

import org.jspecify.annotations.NullMarked;
