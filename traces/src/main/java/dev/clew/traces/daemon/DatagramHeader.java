// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.daemon;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** The line before a document in a datagram: {@code {"format": "json", "version": 1}}. */
final class DatagramHeader {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_LENGTH = 256;

    /** What SDKs send, byte for byte; anything else is read as JSON. */
    private static final List<byte[]> USUAL = List.of(
            "{\"format\":\"json\",\"version\":1}".getBytes(StandardCharsets.US_ASCII),
            "{\"format\": \"json\", \"version\": 1}".getBytes(StandardCharsets.US_ASCII));

    private DatagramHeader() {}

    /** Where the document begins, or -1 if the datagram does not begin with the header. Never throws. */
    static int documentStart(byte[] datagram) {
        int end = 0;
        while (end < datagram.length && end <= MAX_LENGTH && datagram[end] != '\n') {
            end++;
        }
        return end <= MAX_LENGTH && isHeader(datagram, end) ? Math.min(end + 1, datagram.length) : -1;
    }

    private static boolean isHeader(byte[] datagram, int length) {
        for (var usual : USUAL) {
            if (Arrays.equals(datagram, 0, length, usual, 0, usual.length)) {
                return true;
            }
        }
        return isHeaderJson(datagram, length);
    }

    private static boolean isHeaderJson(byte[] datagram, int length) {
        boolean format = false;
        boolean version = false;
        try (var in = JSON.createParser(datagram, 0, length)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            for (var name = in.nextName(); name != null; name = in.nextName()) {
                var value = in.nextToken();
                if (name.equals("format")) {
                    format = value == JsonToken.VALUE_STRING && in.getString().equalsIgnoreCase("json");
                } else if (name.equals("version")) {
                    version = value == JsonToken.VALUE_NUMBER_INT && in.getDoubleValue() == 1;
                } else {
                    in.skipChildren();
                }
            }
            return format && version && in.currentToken() == JsonToken.END_OBJECT;
        } catch (JacksonException e) {
            return false;
        }
    }
}
