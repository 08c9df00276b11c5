// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.invoke;

/**
 * A service that invokes a function on behalf of a resource; the function's policy must allow it.
 *
 * @param principal for example {@code events.amazonaws.com}
 * @param sourceArn the rule, or the API method
 * @param sourceAccount that owns the source
 */
public record ServiceCaller(String principal, String sourceArn, String sourceAccount) {}
