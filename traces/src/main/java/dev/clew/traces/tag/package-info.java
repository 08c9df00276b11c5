// SPDX-License-Identifier: Apache-2.0
/** Tags on groups and sampling rules. */
@NullMarked
package dev.clew.traces.tag;

import org.jspecify.annotations.NullMarked;
