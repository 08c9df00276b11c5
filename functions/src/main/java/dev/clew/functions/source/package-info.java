// SPDX-License-Identifier: Apache-2.0
/** Event source mappings: messages of queues become invocations, and are deleted once the function has taken them. */
@NullMarked
package dev.clew.functions.source;

import org.jspecify.annotations.NullMarked;
