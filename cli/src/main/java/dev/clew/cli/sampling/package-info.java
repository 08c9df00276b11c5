// SPDX-License-Identifier: Apache-2.0
/** {@code clew sampling}: which requests are recorded, and how many were. */
@NullMarked
package dev.clew.cli.sampling;

import org.jspecify.annotations.NullMarked;
