// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire;

/**
 * One bound operation. Its input has been routed, decoded and checked against the model: required members are present
 * and every value satisfies the model's constraints. Safe for use by many threads.
 */
@FunctionalInterface
public interface Operation<I, O> {
    /** @throws ServiceException if the call cannot be answered as asked */
    O handle(I input, Call call);
}
