// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.map;

import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/** The service map as JSON: the facts of the drawing, lengths in milliseconds. */
final class MapJson {
    private static final double MICROS_PER_MILLI = 1_000;

    private MapJson() {}

    /** An array of services, each with the calls it makes. */
    static String write(ServiceMap map) {
        var text = new StringWriter();
        try (var out =
                JsonMapper.shared().writer().with(new DefaultPrettyPrinter()).createGenerator(text)) {
            out.writeStartArray();
            for (var node : map.nodes()) {
                out.writeStartObject();
                out.writeNumberProperty("id", node.id());
                out.writeStringProperty("name", node.name());
                out.writeStringProperty("type", node.type());
                out.writeBooleanProperty("root", node.root());
                counts(out, node.counts());
                out.writeNumberProperty("medianMs", node.median() / MICROS_PER_MILLI);
                out.writeArrayPropertyStart("calls");
                for (var edge : node.edges()) {
                    out.writeStartObject();
                    out.writeNumberProperty("to", edge.target());
                    counts(out, edge.counts());
                    out.writeEndObject();
                }
                out.writeEndArray();
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        return text.toString();
    }

    private static void counts(JsonGenerator out, Counts counts) {
        out.writeNumberProperty("total", counts.total());
        out.writeNumberProperty("ok", counts.ok());
        out.writeNumberProperty("error", counts.errors());
        out.writeNumberProperty("throttle", counts.throttles());
        out.writeNumberProperty("fault", counts.faults());
        out.writeNumberProperty("averageMs", counts.average() / MICROS_PER_MILLI);
    }
}
