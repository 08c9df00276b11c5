// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.ledger;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The part of a message that never changes, as it is stored.
 *
 * @param senderId unique id of who sent it
 * @param traceHeader the trace context it travels with, verbatim, or null
 * @param deduplicationId of a message in a FIFO queue, or null
 */
public record StoredMessage(
        String id,
        String body,
        Map<String, Attribute> attributes,
        String senderId,
        @Nullable String traceHeader,
        @Nullable String group,
        @Nullable String deduplicationId) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public StoredMessage {
        attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
    }

    /**
     * A message attribute: exactly one of {@code text} and {@code bytes} is there.
     *
     * @param type {@code String}, {@code Number} or {@code Binary}, perhaps with a suffix after a dot
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Attribute(String type, @Nullable String text, byte @Nullable [] bytes) {}

    /** The same message with another id: what a redrive makes of it. */
    public StoredMessage withId(String newId) {
        return new StoredMessage(newId, body, attributes, senderId, traceHeader, group, deduplicationId);
    }

    /** The same with another deduplication id. */
    public StoredMessage withDeduplicationId(@Nullable String newId) {
        return new StoredMessage(id, body, attributes, senderId, traceHeader, group, newId);
    }

    /** As it is stored. */
    public byte[] bytes() {
        return JSON.writeValueAsBytes(this);
    }

    /** What {@link #bytes} wrote. */
    public static StoredMessage of(byte[] bytes) {
        return JSON.readValue(bytes, StoredMessage.class);
    }
}
