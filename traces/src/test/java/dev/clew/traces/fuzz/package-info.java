// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.clew.traces.fuzz;

import org.jspecify.annotations.NullMarked;
