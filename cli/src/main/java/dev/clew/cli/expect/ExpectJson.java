// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.expect;

import dev.clew.cli.trace.Summary;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/** The outcome of an expectation as JSON. */
final class ExpectJson {
    private ExpectJson() {}

    static String write(Expectation expectation, List<Summary> found, List<String> missing) {
        var text = new StringWriter();
        try (var out =
                JsonMapper.shared().writer().with(new DefaultPrettyPrinter()).createGenerator(text)) {
            out.writeStartObject();
            out.writeBooleanProperty("fits", missing.isEmpty());
            out.writeStringProperty("expected", expectation.count().toString());
            out.writeStringProperty("filter", expectation.whole());
            out.writeNumberProperty("found", found.size());
            out.writeArrayPropertyStart("traces");
            found.forEach(summary -> out.writeString(summary.id()));
            out.writeEndArray();
            out.writeArrayPropertyStart("missing");
            missing.forEach(out::writeString);
            out.writeEndArray();
            out.writeEndObject();
        }
        return text.toString();
    }
}
