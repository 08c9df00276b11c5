// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.protocol;

import dev.clew.wire.shape.Member;
import dev.clew.wire.shape.Shape;
import dev.clew.wire.shape.Structure;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORGenerator;

/** Writes JSON and CBOR documents by their shapes. What is null is left out. */
final class DocumentWriter {
    private static final int EPOCH_TAG = 1;
    private static final int TYPICAL_SIZE = 512;

    private final TokenStreamFactory factory;

    private DocumentWriter(TokenStreamFactory factory) {
        this.factory = factory;
    }

    static DocumentWriter json() {
        return new DocumentWriter(new JsonFactory());
    }

    static DocumentWriter cbor() {
        return new DocumentWriter(new CBORFactory());
    }

    byte[] write(Shape shape, Object value) {
        var bytes = new ByteArrayOutputStream(TYPICAL_SIZE);
        try (var generator = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
            write(generator, shape, value);
        }
        return bytes.toByteArray();
    }

    /** A flat document: an error's body. Values are texts, numbers and booleans. */
    byte[] write(Map<String, Object> members) {
        var bytes = new ByteArrayOutputStream(TYPICAL_SIZE);
        try (var generator = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
            anything(generator, members);
        }
        return bytes.toByteArray();
    }

    private void write(JsonGenerator out, Shape shape, Object value) {
        switch (shape) {
            case Structure<?> structure -> structure(out, structure, value);
            case Shape.Text _ -> out.writeString((String) value);
            case Shape.Bool _ -> out.writeBoolean((Boolean) value);
            case Shape.Int _ -> out.writeNumber(((Number) value).intValue());
            case Shape.Long64 _ -> out.writeNumber(((Number) value).longValue());
            case Shape.Real _ -> out.writeNumber(((Number) value).doubleValue());
            case Shape.Time time -> time(out, time, (Instant) value);
            case Shape.Blob _ -> out.writeBinary((byte[]) value);
            case Shape.ListOf list -> {
                var element = list.element().get();
                out.writeStartArray();
                for (var item : (List<?>) value) {
                    write(out, element, item);
                }
                out.writeEndArray();
            }
            case Shape.MapOf map -> {
                var valueShape = map.value().get();
                out.writeStartObject();
                for (var entry : ((Map<?, ?>) value).entrySet()) {
                    out.writeName((String) entry.getKey());
                    write(out, valueShape, entry.getValue());
                }
                out.writeEndObject();
            }
            case Shape.Document _ -> anything(out, value);
        }
    }

    private void structure(JsonGenerator out, Structure<?> structure, Object record) {
        var values = structure.values(record);
        var members = structure.members();
        out.writeStartObject();
        for (int i = 0; i < values.length; i++) {
            var value = values[i];
            if (value != null && members.get(i).place() == Member.Place.BODY) {
                out.writeName(members.get(i).wireName());
                write(out, members.get(i).shape(), value);
            }
        }
        out.writeEndObject();
    }

    private static void time(JsonGenerator out, Shape.Time time, Instant instant) {
        if (out instanceof CBORGenerator cbor) {
            cbor.writeTag(EPOCH_TAG);
            cbor.writeNumber(instant.toEpochMilli() / 1e3);
        } else if (time.format() == null || time.format() == Shape.Time.Format.EPOCH_SECONDS) {
            out.writeNumber(Timestamps.seconds(instant));
        } else {
            out.writeString(Timestamps.text(instant, time.format()));
        }
    }

    private static void anything(JsonGenerator out, @Nullable Object value) {
        switch (value) {
            case null -> out.writeNull();
            case String text -> out.writeString(text);
            case Boolean flag -> out.writeBoolean(flag);
            case Integer number -> out.writeNumber(number);
            case Long number -> out.writeNumber(number);
            case BigInteger number -> out.writeNumber(number);
            case BigDecimal number -> out.writeNumber(number);
            case Number number -> out.writeNumber(number.doubleValue());
            case byte[] bytes -> out.writeBinary(bytes);
            case Map<?, ?> map -> {
                out.writeStartObject();
                for (var entry : map.entrySet()) {
                    out.writeName((String) entry.getKey());
                    anything(out, entry.getValue());
                }
                out.writeEndObject();
            }
            case Iterable<?> items -> {
                out.writeStartArray();
                for (var item : items) {
                    anything(out, item);
                }
                out.writeEndArray();
            }
            default -> throw new IllegalArgumentException("no document value: " + value.getClass());
        }
    }
}
