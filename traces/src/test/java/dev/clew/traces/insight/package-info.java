// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.clew.traces.insight;

import org.jspecify.annotations.NullMarked;
