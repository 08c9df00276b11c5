// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.protocol;

import dev.clew.wire.shape.Shape;
import dev.clew.wire.shape.Structure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.cbor.CBORFactory;

/** Reads JSON and CBOR documents by their shapes, in one pass and without a tree. */
final class DocumentReader {
    private static final Base64Variant BASE64 = Base64Variants.MIME_NO_LINEFEEDS.withPaddingAllowed();
    private static final double LARGEST_EXACT = 1L << 53;

    private final TokenStreamFactory factory;

    private DocumentReader(TokenStreamFactory factory) {
        this.factory = factory;
    }

    static DocumentReader json(int depth) {
        return new DocumentReader(
                JsonFactory.builder().streamReadConstraints(constraints(depth)).build());
    }

    static DocumentReader cbor(int depth) {
        return new DocumentReader(
                CBORFactory.builder().streamReadConstraints(constraints(depth)).build());
    }

    /** The front door bounds the whole body, so texts in it need no bound of their own. */
    private static StreamReadConstraints constraints(int depth) {
        return StreamReadConstraints.builder()
                .maxNestingDepth(depth)
                .maxStringLength(Integer.MAX_VALUE)
                .build();
    }

    /** Fills {@code values} with the body members that the document holds. An empty body is an empty document. */
    void readMembers(byte[] body, Structure<?> structure, @Nullable Object[] values) {
        if (body.length == 0) {
            return;
        }
        try (var parser = factory.createParser(ObjectReadContext.empty(), body, 0, body.length)) {
            var token = parser.nextToken();
            if (token == JsonToken.START_OBJECT) {
                members(parser, structure, values);
            } else if (token != null && token != JsonToken.VALUE_NULL) {
                throw Malformed.type(token, structure);
            }
            requireEnd(parser);
        } catch (JacksonException e) {
            throw Malformed.unparseable(e);
        }
    }

    /** The value that the whole body is, or null. */
    @Nullable
    Object readValue(byte[] body, Shape shape) {
        if (body.length == 0) {
            return null;
        }
        try (var parser = factory.createParser(ObjectReadContext.empty(), body, 0, body.length)) {
            var token = parser.nextToken();
            var value = token == null || token == JsonToken.VALUE_NULL ? null : value(parser, token, shape);
            requireEnd(parser);
            return value;
        } catch (JacksonException e) {
            throw Malformed.unparseable(e);
        }
    }

    private static void requireEnd(JsonParser parser) {
        if (parser.nextToken() != null) {
            throw Malformed.because("Could not parse request body: something follows the document's end");
        }
    }

    private void members(JsonParser parser, Structure<?> structure, @Nullable Object[] values) {
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            int index = structure.indexInBody(name);
            var token = parser.nextToken();
            if (index < 0) {
                parser.skipChildren();
            } else if (token == JsonToken.VALUE_NULL) {
                values[index] = null;
            } else {
                values[index] =
                        value(parser, token, structure.members().get(index).shape());
            }
        }
        requireObjectEnd(parser);
    }

    /** A name that is no text ends the loop as well: CBOR allows any key. */
    private static void requireObjectEnd(JsonParser parser) {
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw Malformed.because("Could not parse request body: a map's key is not a text");
        }
    }

    private Object value(JsonParser parser, @Nullable JsonToken token, Shape shape) {
        if (token == null) {
            throw Malformed.because("Could not parse request body: it ends too early");
        }
        return switch (shape) {
            case Structure<?> structure -> structure(parser, token, structure);
            case Shape.Text _ when token == JsonToken.VALUE_STRING -> parser.getString();
            case Shape.ListOf list
            when token == JsonToken.START_ARRAY -> list(parser, list.element().get());
            case Shape.MapOf map
            when token == JsonToken.START_OBJECT -> map(parser, map.value().get());
            case Shape.Bool _ when token == JsonToken.VALUE_TRUE -> Boolean.TRUE;
            case Shape.Bool _ when token == JsonToken.VALUE_FALSE -> Boolean.FALSE;
            case Shape.Int _
            when token.isNumeric() -> (int) whole(parser, token, Integer.MIN_VALUE, Integer.MAX_VALUE, shape);
            case Shape.Long64 _ when token.isNumeric() -> whole(parser, token, Long.MIN_VALUE, Long.MAX_VALUE, shape);
            case Shape.Real _ when token.isNumeric() -> real(parser);
            case Shape.Time _ -> time(parser, token, shape);
            case Shape.Blob _
            when token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_EMBEDDED_OBJECT ->
                parser.getBinaryValue(BASE64);
            case Shape.Document _ -> document(parser, token);
            default -> throw Malformed.type(token, shape);
        };
    }

    private <T> T structure(JsonParser parser, JsonToken token, Structure<T> structure) {
        if (token != JsonToken.START_OBJECT) {
            throw Malformed.type(token, structure);
        }
        var values = new @Nullable Object[structure.members().size()];
        members(parser, structure, values);
        return structure.construct(values);
    }

    private List<Object> list(JsonParser parser, Shape element) {
        var list = new ArrayList<Object>();
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.VALUE_NULL) {
                throw Malformed.because("null found in a list where not expected");
            }
            list.add(value(parser, token, element));
        }
        return Collections.unmodifiableList(list);
    }

    private Map<String, Object> map(JsonParser parser, Shape valueShape) {
        var map = new LinkedHashMap<String, Object>();
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            var token = parser.nextToken();
            if (token == JsonToken.VALUE_NULL) {
                map.remove(name);
            } else {
                map.put(name, value(parser, token, valueShape));
            }
        }
        requireObjectEnd(parser);
        return Collections.unmodifiableMap(map);
    }

    private static long whole(JsonParser parser, JsonToken token, long min, long max, Shape shape) {
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            double value = parser.getDoubleValue();
            if (value != Math.rint(value) || !(Math.abs(value) <= LARGEST_EXACT) || value < min || value > max) {
                throw Malformed.type(token, shape);
            }
            return (long) value;
        }
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw outOfRange(min, max);
        }
        long value = parser.getLongValue();
        if (value < min || value > max) {
            throw outOfRange(min, max);
        }
        return value;
    }

    private static RuntimeException outOfRange(long min, long max) {
        return Malformed.because("number out of range (expected: " + min + " to " + max + ")");
    }

    private static double real(JsonParser parser) {
        double value = parser.getDoubleValue();
        if (!Double.isFinite(value)) {
            throw Malformed.because("number out of range (expected: a finite number)");
        }
        return value;
    }

    private static Instant time(JsonParser parser, JsonToken token, Shape shape) {
        var instant = switch (token) {
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? null
                        : Timestamps.ofSeconds(parser.getLongValue());
            case VALUE_NUMBER_FLOAT -> Timestamps.ofSeconds(parser.getDoubleValue());
            case VALUE_STRING -> Timestamps.parse(parser.getString());
            default -> null;
        };
        if (instant == null) {
            throw Malformed.type(token, shape);
        }
        return instant;
    }

    private Object document(JsonParser parser, JsonToken token) {
        var value = anything(parser, token);
        if (value == null) {
            throw Malformed.because("null found where a document was expected");
        }
        return value;
    }

    private @Nullable Object anything(JsonParser parser, @Nullable JsonToken token) {
        return switch (token) {
            case null -> throw Malformed.because("Could not parse request body: it ends too early");
            case START_OBJECT -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                for (var name = parser.nextName(); name != null; name = parser.nextName()) {
                    map.put(name, anything(parser, parser.nextToken()));
                }
                requireObjectEnd(parser);
                yield Collections.unmodifiableMap(map);
            }
            case START_ARRAY -> {
                var list = new ArrayList<@Nullable Object>();
                for (var next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    list.add(anything(parser, next));
                }
                yield Collections.unmodifiableList(list);
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> real(parser);
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            case VALUE_EMBEDDED_OBJECT -> parser.getBinaryValue(BASE64);
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE ->
                throw Malformed.because("Could not parse request body");
        };
    }
}
