// SPDX-License-Identifier: Apache-2.0
/** Composition root: configuration, listeners, wiring, lifecycle, health. */
@NullMarked
package dev.clew.server;

import org.jspecify.annotations.NullMarked;
