// SPDX-License-Identifier: Apache-2.0
/** Execution environments: processes that run functions, one invocation at a time each, and the pool that scales them. */
@NullMarked
package dev.clew.functions.environment;

import org.jspecify.annotations.NullMarked;
