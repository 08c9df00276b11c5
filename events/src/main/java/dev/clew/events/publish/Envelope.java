// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.publish;

import dev.clew.core.Scope;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.io.JsonStringEncoder;
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
        var text = new StringBuilder(detail.length() + 384);
        text.append("{\"version\":\"0\",\"id\":\"").append(id);
        quoted(text.append("\",\"detail-type\":"), detailType);
        quoted(text.append(",\"source\":"), source);
        text.append(",\"account\":\"").append(scope.account());
        text.append("\",\"time\":\"").append(DateTimeFormatter.ISO_INSTANT.format(time.truncatedTo(ChronoUnit.SECONDS)));
        text.append("\",\"region\":\"").append(scope.region()).append("\",\"resources\":[");
        for (int i = 0; i < resources.size(); i++) {
            quoted(i == 0 ? text : text.append(','), resources.get(i));
        }
        compact(text.append("],\"detail\":"), detail);
        return text.append('}').toString();
    }

    private static void quoted(StringBuilder text, String value) {
        text.append('"');
        JsonStringEncoder.getInstance().quoteAsString(value, text);
        text.append('"');
    }

    /** Valid JSON without the space between its tokens; a parser and a generator would rewrite its numbers. */
    static String compact(String json) {
        var text = new StringBuilder(json.length());
        compact(text, json);
        return text.toString();
    }

    private static void compact(StringBuilder text, String json) {
        boolean quoted = false;
        int kept = 0; // what stands before is in the text
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (quoted) {
                i += c == '\\' ? 1 : 0;
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                text.append(json, kept, i);
                kept = i + 1;
            }
        }
        text.append(json, kept, json.length());
    }
}
