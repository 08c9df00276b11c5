// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.ledger;

/**
 * A deduplication id that a FIFO queue remembers, even after its message is gone.
 *
 * @param key the id, with its group before it if ids are distinct per group
 * @param messageId of the message that was accepted
 * @param sequence of that message
 * @param until epoch milliseconds when it is forgotten
 */
public record Deduplication(String key, String messageId, long sequence, long until) {}
