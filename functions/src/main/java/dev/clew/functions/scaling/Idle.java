// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.scaling;

/**
 * An environment without work.
 *
 * @param since when it was last given back, in nanoseconds of the pool's ticker
 */
record Idle<S>(S slot, long since) {}
