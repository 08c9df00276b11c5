// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.clew.traces;

import org.jspecify.annotations.NullMarked;
