// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.archive;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;

/**
 * Envelopes as the bus writes them: compact, members in the service's order, {@code detail} last. Changed as text, so that number
 * literals and the order of members stay as the producer wrote them.
 */
final class Envelope {
    private static final String REPLAY = "\"replay-name\":";
    private static final String RESOURCES = "\",\"resources\":["; // in a text, its quotation marks would be escaped
    private static final String TIME = "\",\"time\":\"";
    private static final String BEGIN = "{\"version\":\"0\",\"id\":\"";

    private Envelope() {}

    /** Whether a replay put it on the bus. */
    static boolean isReplayed(String json) {
        int resources = json.indexOf(RESOURCES);
        int replay = json.indexOf("\"," + REPLAY);
        return replay >= 0 && replay < resources;
    }

    /** When the event happened; {@code otherwise} if it does not say. */
    static Instant time(String json, Instant otherwise) {
        int end = json.indexOf("\",\"region\":\"");
        int begin = json.lastIndexOf(TIME, Math.max(0, end));
        try {
            return begin < 0 ? otherwise : Instant.parse(json.substring(begin + TIME.length(), end));
        } catch (DateTimeParseException notOurs) {
            return otherwise;
        }
    }

    /** The same event under another id, as the replay {@code name} puts it on the bus. */
    static String replayed(String json, UUID id, String name) {
        int endOfId = json.indexOf('"', BEGIN.length());
        int resources = json.indexOf(RESOURCES);
        if (!json.startsWith(BEGIN) || endOfId < 0 || resources < 0) {
            throw new IllegalArgumentException("not an envelope");
        }
        return BEGIN
                + id
                + json.substring(endOfId, resources + 2)
                + REPLAY
                + '"'
                + name
                + '"'
                + json.substring(resources + 1);
    }
}
