// SPDX-License-Identifier: Apache-2.0
/** The service map as text. */
@NullMarked
package dev.clew.cli.map;

import org.jspecify.annotations.NullMarked;
