// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Traces to draw. */
final class Traces {
    static final String ID = "1-6a75c1b4-5a1e0b3c4d5e6f708192a3b4";

    private Traces() {}

    /** The 14 documents of an order, functions already started. */
    static Trace warmOrder() {
        return Trace.parse(ID, resource("recipe-warm.json"));
    }

    /** The 14 documents of a first order: four functions start for it. */
    static Trace coldOrder() {
        return Trace.parse(ID, resource("recipe-cold.json"));
    }

    /** A trace of documents in a lenient shorthand: single quotes, and times in milliseconds. */
    static Trace of(String... documents) {
        return Trace.parse(
                ID, java.util.Arrays.stream(documents).map(Traces::document).toList());
    }

    static String document(String shorthand) {
        return java.util.regex.Pattern.compile("(start|end):([0-9.]+)")
                .matcher(shorthand.replace('\'', '"'))
                .replaceAll(match -> "\"" + match.group(1) + "_time\":"
                        + java.math.BigDecimal.valueOf(1_786_096_500)
                                .add(new java.math.BigDecimal(match.group(2)).movePointLeft(3)));
    }

    private static List<String> resource(String name) {
        try (var in = Traces.class.getResourceAsStream(name)) {
            return JsonMapper.shared()
                    .readTree(in)
                    .valueStream()
                    .map(JsonNode::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
