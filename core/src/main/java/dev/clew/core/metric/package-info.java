// SPDX-License-Identifier: Apache-2.0
/** Port through which features count what they do. */
@NullMarked
package dev.clew.core.metric;

import org.jspecify.annotations.NullMarked;
