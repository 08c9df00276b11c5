// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.invoke;

/** Takes asynchronous invocations. Safe for use by many threads. */
@FunctionalInterface
public interface EventQueue {
    /** What becomes of {@code invocation}; if it is accepted, it is durable. */
    EnqueueOutcome enqueue(AsyncInvocation invocation);
}
