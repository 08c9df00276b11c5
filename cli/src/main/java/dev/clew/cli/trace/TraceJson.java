// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/** The facts of the drawings as JSON. Times are ISO 8601 in UTC, lengths milliseconds. */
final class TraceJson {
    private static final double MICROS_PER_MILLI = 1_000;

    private TraceJson() {}

    /** An array with one object per trace. */
    static String list(List<Summary> summaries) {
        return write(out -> {
            out.writeStartArray();
            for (var summary : summaries) {
                out.writeStartObject();
                out.writeStringProperty("id", summary.id());
                out.writeStringProperty("start", summary.start().toString());
                millis(out, "durationMs", summary.duration());
                millis(out, "responseTimeMs", summary.response());
                out.writeStringProperty("status", summary.outcome().word());
                out.writeStringProperty("root", summary.root());
                texts(out, "annotations", summary.annotations());
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }

    /** One object: the story of {@code trace}, and its documents as the server has them. */
    static String trace(Trace trace) {
        var story = Story.of(trace);
        return write(out -> {
            out.writeStartObject();
            out.writeStringProperty("id", trace.id());
            out.writeStringProperty("start", instant(story.first()).toString());
            millis(out, "durationMs", story.last() - story.first());
            out.writeArrayPropertyStart("rows");
            story.rows().forEach(row -> row(out, row, story.first()));
            out.writeEndArray();
            out.writeArrayPropertyStart("criticalPath");
            for (var step : story.path()) {
                out.writeStartObject();
                out.writeStringProperty("name", step.name());
                millis(out, "durationMs", step.micros());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeArrayPropertyStart("documents");
            trace.sources().forEach(out::writeRawValue);
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static void row(JsonGenerator out, Row row, long first) {
        out.writeStartObject();
        out.writeStringProperty("label", row.label());
        out.writeStringProperty("kind", row.kind());
        out.writeStringProperty(
                "status",
                row.role() == Row.Role.REFUSAL ? "refused" : row.outcome().word());
        millis(out, "startMs", Math.min(row.asked(), row.start()) - first);
        millis(out, "waitMs", Math.max(0, row.start() - row.asked()));
        var end = row.end();
        millis(out, "durationMs", end == null ? null : Long.valueOf(end - Math.min(row.asked(), row.start())));
        out.writeNumberProperty("count", row.count());
        texts(out, "annotations", row.facts());
        if (!row.remark().isEmpty()) {
            out.writeStringProperty("remark", row.remark());
        }
        out.writeArrayPropertyStart("children");
        row.children().forEach(child -> row(out, child, first));
        out.writeEndArray();
        out.writeEndObject();
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    private static void millis(JsonGenerator out, String name, @Nullable Long micros) {
        if (micros == null) {
            out.writeNullProperty(name);
        } else {
            out.writeNumberProperty(name, micros / MICROS_PER_MILLI);
        }
    }

    private static void texts(JsonGenerator out, String name, Map<String, String> texts) {
        out.writeObjectPropertyStart(name);
        texts.forEach(out::writeStringProperty);
        out.writeEndObject();
    }

    private static String write(Consumer<JsonGenerator> content) {
        var text = new StringWriter();
        try (var out =
                JsonMapper.shared().writer().with(new DefaultPrettyPrinter()).createGenerator(text)) {
            content.accept(out);
        }
        return text.toString();
    }
}
