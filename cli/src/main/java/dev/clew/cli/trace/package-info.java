// SPDX-License-Identifier: Apache-2.0
/** One trace as a person reads it: parsed documents, the rows of its story, its critical path, and the waterfall. */
@NullMarked
package dev.clew.cli.trace;

import org.jspecify.annotations.NullMarked;
