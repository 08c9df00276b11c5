// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.invoke;

/** What became of an asynchronous invocation that was handed in. */
public sealed interface EnqueueOutcome {
    /** It is durable and will be tried at least once; or it was accepted before. */
    record Accepted() implements EnqueueOutcome {}

    /** The function's policy does not allow the caller; {@code reason} is for people. */
    record Refused(String reason) implements EnqueueOutcome {}

    /** There is no such function, or it cannot be named so. */
    record NotFound(String message) implements EnqueueOutcome {}

    /** The queue is full; {@code reason} is one of the API's throttle reasons. */
    record Throttled(String reason) implements EnqueueOutcome {}

    /** The payload exceeds the limit. */
    record TooLarge(String message) implements EnqueueOutcome {}
}
