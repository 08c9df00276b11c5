// SPDX-License-Identifier: Apache-2.0
/** Ports through which features ask whether a service may act. */
@NullMarked
package dev.clew.core.access;

import org.jspecify.annotations.NullMarked;
