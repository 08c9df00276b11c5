// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.clew.traces.keep;

import org.jspecify.annotations.NullMarked;
