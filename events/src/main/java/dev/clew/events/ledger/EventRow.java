// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/**
 * An accepted event as stored: the number of bytes of what is said of it, that as JSON, then the event's own JSON as it is. As a member
 * of the first it would have to be escaped, which cost more than all the rest.
 */
final class EventRow {
    private static final JsonMapper JSON = JsonMapper.shared();

    private EventRow() {}

    static byte[] of(AcceptedEvent event) {
        var about = JSON.writeValueAsBytes(event.withJson(""));
        var json = event.json().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + about.length + json.length)
                .putInt(about.length)
                .put(about)
                .put(json)
                .array();
    }

    static AcceptedEvent read(byte[] row) {
        int about = ByteBuffer.wrap(row).getInt();
        int json = Integer.BYTES + about;
        return JSON.readValue(row, Integer.BYTES, about, AcceptedEvent.class)
                .withJson(new String(row, json, row.length - json, StandardCharsets.UTF_8));
    }
}
