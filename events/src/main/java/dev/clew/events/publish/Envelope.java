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

    /** The text of the last time that was asked for: most events say no time, and come many in one second. */
    private static volatile Second last = new Second(0, Instant.EPOCH.toString());

    private record Second(long epoch, String text) {}

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
        text.append("\",\"time\":\"").append(seconds(time));
        text.append("\",\"region\":\"").append(scope.region()).append("\",\"resources\":[");
        for (int i = 0; i < resources.size(); i++) {
            quoted(i == 0 ? text : text.append(','), resources.get(i));
        }
        compact(text.append("],\"detail\":"), detail);
        return text.append('}').toString();
    }

    private static String seconds(Instant time) {
        var known = last;
        if (known.epoch != time.getEpochSecond()) {
            var text = DateTimeFormatter.ISO_INSTANT.format(time.truncatedTo(ChronoUnit.SECONDS));
            known = new Second(time.getEpochSecond(), text);
            last = known;
        }
        return known.text;
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
        int kept = 0; // what stands before is in the text
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"') {
                i = endOfString(json, i + 1);
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                text.append(json, kept, i);
                kept = i + 1;
            }
        }
        text.append(json, kept, json.length());
    }

    /** Where the quote stands that ends the string whose content begins at {@code from}. */
    private static int endOfString(String json, int from) {
        int quote = json.indexOf('"', from);
        while (isEscaped(json, from, quote)) {
            quote = json.indexOf('"', quote + 1);
        }
        return quote;
    }

    private static boolean isEscaped(String json, int from, int position) {
        int backslash = position;
        while (backslash > from && json.charAt(backslash - 1) == '\\') {
            backslash--;
        }
        return (position - backslash) % 2 == 1;
    }
}
