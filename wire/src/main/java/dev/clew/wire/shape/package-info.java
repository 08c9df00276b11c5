// SPDX-License-Identifier: Apache-2.0
/** Shapes of the service models, as generated code states them: what codecs read and validation checks. */
@NullMarked
package dev.clew.wire.shape;

import org.jspecify.annotations.NullMarked;
