// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.message;

import org.jspecify.annotations.Nullable;

/** What became of a message that a service sent. */
public sealed interface SendOutcome {
    /**
     * It is durable in the queue, or was before: then the ids are those of the message that a FIFO queue remembers.
     *
     * @param sequenceNumber null in a standard queue
     */
    record Sent(String messageId, @Nullable String sequenceNumber) implements SendOutcome {}

    /** There is no such queue. */
    record NoSuchQueue(String message) implements SendOutcome {}

    /** The queue's policy does not allow the sender; {@code reason} is for people. */
    record Denied(String reason) implements SendOutcome {}

    /** The queue takes no such message: too large, or without what a FIFO queue needs. */
    record Rejected(String message) implements SendOutcome {}

    /** The server holds as much as it may; try again later. */
    record Throttled(String reason) implements SendOutcome {}
}
