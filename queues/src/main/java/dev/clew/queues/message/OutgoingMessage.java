// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.message;

import dev.clew.queues.ledger.StoredMessage.Attribute;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that another service of this server sends.
 *
 * @param attributes by name
 * @param traceHeader travels with the message as {@code AWSTraceHeader}; null without a trace
 * @param group needed in a FIFO queue
 * @param deduplicationId needed in a FIFO queue that does not deduplicate by content
 */
public record OutgoingMessage(
        String body,
        Map<String, Attribute> attributes,
        @Nullable String traceHeader,
        @Nullable String group,
        @Nullable String deduplicationId) {
    public OutgoingMessage {
        attributes = Map.copyOf(attributes);
    }

    /** A message without attributes for a standard queue. */
    public static OutgoingMessage of(String body, @Nullable String traceHeader) {
        return new OutgoingMessage(body, Map.of(), traceHeader, null, null);
    }
}
