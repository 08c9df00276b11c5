// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

/**
 * How far an asynchronous invocation is pursued.
 *
 * @param retries after the first attempt, 0 to 2
 * @param ageSeconds from acceptance to giving up, 60 to 21,600
 */
public record EventInvokeLimits(int retries, int ageSeconds) {
    /** For functions that say nothing. */
    public static final EventInvokeLimits DEFAULTS = new EventInvokeLimits(2, 21_600);
}
