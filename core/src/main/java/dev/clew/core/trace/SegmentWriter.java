// SPDX-License-Identifier: Apache-2.0
package dev.clew.core.trace;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes one segment document: a JSON object of the X-Ray segment format, members in the order of the calls.
 *
 * <p>Absent values are left out: a null text, a false flag, an empty array. Times are epoch seconds with microseconds, as the platform's own segments carry them. Not safe for use by many
 * threads; a writer lives only inside {@link #document}.
 */
public final class SegmentWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator out;

    private SegmentWriter(JsonGenerator out) {
        this.out = out;
    }

    /** The document that {@code content} writes. */
    public static String document(Consumer<SegmentWriter> content) {
        var text = new StringWriter(512);
        try (var out = JSON.createGenerator(text)) {
            out.writeStartObject();
            content.accept(new SegmentWriter(out));
            out.writeEndObject();
        }
        return text.toString();
    }

    /** Nothing if {@code value} is null. */
    public SegmentWriter text(String name, @Nullable Object value) {
        if (value != null) {
            out.writeStringProperty(name, value.toString());
        }
        return this;
    }

    public SegmentWriter number(String name, long value) {
        out.writeNumberProperty(name, value);
        return this;
    }

    public SegmentWriter number(String name, double value) {
        out.writeNumberProperty(name, value);
        return this;
    }

    /** Nothing if {@code value} is false: flags of a segment mean something only when set. */
    public SegmentWriter flag(String name, boolean value) {
        if (value) {
            out.writeBooleanProperty(name, true);
        }
        return this;
    }

    /** A boolean that is written whatever its value. */
    public SegmentWriter bool(String name, boolean value) {
        out.writeBooleanProperty(name, value);
        return this;
    }

    /** Epoch seconds with microseconds. */
    public SegmentWriter time(String name, Instant value) {
        var micros = value.getEpochSecond() * 1_000_000 + value.getNano() / 1_000;
        var seconds = BigDecimal.valueOf(micros, 6).stripTrailingZeros();
        // without a fraction the scale may have become negative: 1.7860968E+9 is a number, but nobody's idea of a time
        out.writeNumberProperty(name, seconds.scale() < 0 ? seconds.setScale(0) : seconds);
        return this;
    }

    /** An array of strings; nothing if there are none. */
    public SegmentWriter texts(String name, Collection<String> values) {
        if (!values.isEmpty()) {
            out.writeArrayPropertyStart(name);
            values.forEach(out::writeString);
            out.writeEndArray();
        }
        return this;
    }

    public SegmentWriter object(String name, Consumer<SegmentWriter> content) {
        out.writeObjectPropertyStart(name);
        content.accept(this);
        out.writeEndObject();
        return this;
    }

    /** An array of objects (subsegments, exceptions, links); nothing if there are none. */
    public SegmentWriter objects(String name, List<Consumer<SegmentWriter>> contents) {
        if (!contents.isEmpty()) {
            out.writeArrayPropertyStart(name);
            for (var content : contents) {
                out.writeStartObject();
                content.accept(this);
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        return this;
    }

    /** A value that is JSON already; the caller vouches for its form. */
    public SegmentWriter json(String name, String json) {
        out.writeName(name);
        out.writeRawValue(json);
        return this;
    }
}
