// SPDX-License-Identifier: Apache-2.0
/** Checks inputs against the constraints of the service models. */
@NullMarked
package dev.clew.wire.validation;

import org.jspecify.annotations.NullMarked;
