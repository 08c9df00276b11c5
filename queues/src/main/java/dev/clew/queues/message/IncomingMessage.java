// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.message;

import dev.clew.queues.ledger.StoredMessage.Attribute;
import java.util.Map;

/**
 * A message that another service of this server received.
 *
 * @param receiptHandle by which this receive is ended
 * @param systemAttributes what the service says of it, {@code AWSTraceHeader} among them
 * @param attributes what the sender said
 * @param md5OfBody checksum that records of the queue's events hold
 */
public record IncomingMessage(
        String messageId,
        String receiptHandle,
        String body,
        String md5OfBody,
        Map<String, String> systemAttributes,
        Map<String, Attribute> attributes) {
    public IncomingMessage {
        systemAttributes = Map.copyOf(systemAttributes);
        attributes = Map.copyOf(attributes);
    }
}
