// SPDX-License-Identifier: Apache-2.0
/** Puts server, command line and examples into one folder that ./clew runs. */
@NullMarked
package dev.clew.dist;

import org.jspecify.annotations.NullMarked;
