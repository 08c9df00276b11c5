// SPDX-License-Identifier: Apache-2.0
/** {@code clew replay}: events of an archive once more. */
@NullMarked
package dev.clew.cli.replay;

import org.jspecify.annotations.NullMarked;
