// SPDX-License-Identifier: Apache-2.0
/** Asynchronous invocations: accepted durably, attempted, retried. */
@NullMarked
package dev.clew.functions.queue;

import org.jspecify.annotations.NullMarked;
