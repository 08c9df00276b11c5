// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.publish;

import dev.clew.core.Scope;
import java.io.StringWriter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** The form in which rules see events and targets get them. */
final class Envelope {
    private static final int MAX_DEPTH = 1_000;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private Envelope() {}

    /** Whether {@code detail} is one JSON object, not nested too deeply, and nothing more. */
    static boolean isObject(String detail) {
        try (var parser = JSON.createParser(detail)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException malformed) {
            return false;
        }
    }

    /**
     * The event's JSON, compact, members in the service's order.
     *
     * @param detail a JSON object; its number literals and the order of its members stay as they are
     */
    static String of(
            UUID id,
            String detailType,
            String source,
            Scope scope,
            Instant time,
            List<String> resources,
            String detail) {
        var text = new StringWriter(detail.length() + 256);
        try (var out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringProperty("version", "0");
            out.writeStringProperty("id", id.toString());
            out.writeStringProperty("detail-type", detailType);
            out.writeStringProperty("source", source);
            out.writeStringProperty("account", scope.account());
            out.writeStringProperty("time", DateTimeFormatter.ISO_INSTANT.format(time.truncatedTo(ChronoUnit.SECONDS)));
            out.writeStringProperty("region", scope.region());
            out.writeArrayPropertyStart("resources");
            resources.forEach(out::writeString);
            out.writeEndArray();
            out.writeName("detail");
            out.writeRawValue(compact(detail));
            out.writeEndObject();
        }
        return text.toString();
    }

    /** Valid JSON without the space between its tokens; a parser and a generator would rewrite its numbers. */
    static String compact(String json) {
        var text = new StringBuilder(json.length());
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (quoted) {
                text.append(c);
                if (c == '\\') {
                    text.append(json.charAt(++i));
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                text.append(c);
                quoted = c == '"';
            }
        }
        return text.toString();
    }
}
