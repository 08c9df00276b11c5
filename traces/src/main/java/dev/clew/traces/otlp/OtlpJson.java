// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * OTLP's JSON form: protobuf's own, but ids are hex and enums numbers. Unknown members are passed over. Safe for use by
 * many threads.
 */
final class OtlpJson {
    private static final Set<String> IDS = Set.of("trace_id", "span_id", "parent_span_id");
    private static final int MAX_DEPTH = 200;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE) // the request's size is the bound
                    .build())
            .build();
    private static final Map<Descriptor, Map<String, FieldDescriptor>> FIELDS = new ConcurrentHashMap<>();

    private OtlpJson() {}

    /** @throws IllegalArgumentException if {@code text} is not the JSON of such a message */
    static void read(byte[] text, Message.Builder into) {
        try (var in = JSON.createParser(text)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not a JSON object");
            }
            message(in, into);
            if (in.nextToken() != null) {
                throw new IllegalArgumentException("more than one JSON value");
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static void message(JsonParser in, Message.Builder into) {
        var fields = FIELDS.computeIfAbsent(into.getDescriptorForType(), OtlpJson::names);
        for (var name = in.nextName(); name != null; name = in.nextName()) {
            var token = in.nextToken();
            var field = fields.get(name);
            if (field == null || token == JsonToken.VALUE_NULL) {
                in.skipChildren();
            } else if (!field.isRepeated()) {
                into.setField(field, value(in, token, field, into));
            } else if (token == JsonToken.START_ARRAY) {
                for (var element = in.nextToken(); element != JsonToken.END_ARRAY; element = in.nextToken()) {
                    into.addRepeatedField(field, value(in, element, field, into));
                }
            } else {
                throw wrong(field, token);
            }
        }
    }

    private static Map<String, FieldDescriptor> names(Descriptor type) {
        var names = new HashMap<String, FieldDescriptor>();
        for (var field : type.getFields()) {
            names.put(field.getName(), field);
            names.put(field.getJsonName(), field);
        }
        return names;
    }

    private static Object value(JsonParser in, JsonToken token, FieldDescriptor field, Message.Builder into) {
        try {
            return switch (field.getJavaType()) {
                case MESSAGE -> {
                    if (token != JsonToken.START_OBJECT) {
                        throw wrong(field, token);
                    }
                    var inner = into.newBuilderForField(field);
                    message(in, inner);
                    yield inner.build();
                }
                case STRING -> text(in, token, field);
                case BYTE_STRING -> bytes(text(in, token, field), field);
                case BOOLEAN -> {
                    if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
                        throw wrong(field, token);
                    }
                    yield token == JsonToken.VALUE_TRUE;
                }
                case LONG -> whole(in, token, field);
                case INT -> (int) whole(in, token, field);
                case DOUBLE -> Double.parseDouble(number(in, token, field));
                case FLOAT -> Float.parseFloat(number(in, token, field));
                case ENUM -> constant(in, token, field);
            };
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(field.getJsonName() + ": not a number it can hold", e);
        }
    }

    private static IllegalArgumentException wrong(FieldDescriptor field, JsonToken token) {
        return new IllegalArgumentException(field.getJsonName() + ": " + token + " (expected: "
                + (field.isRepeated() ? "a list of " : "")
                + field.getType().name().toLowerCase(Locale.ROOT)
                + ")");
    }

    private static String text(JsonParser in, JsonToken token, FieldDescriptor field) {
        if (token != JsonToken.VALUE_STRING) {
            throw wrong(field, token);
        }
        return in.getString();
    }

    private static String number(JsonParser in, JsonToken token, FieldDescriptor field) {
        if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
            throw wrong(field, token);
        }
        return in.getString();
    }

    /** 64 bits travel as text; senders use numbers too. */
    private static long whole(JsonParser in, JsonToken token, FieldDescriptor field) {
        var text = number(in, token, field);
        return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
    }

    private static EnumValueDescriptor constant(JsonParser in, JsonToken token, FieldDescriptor field) {
        var type = field.getEnumType();
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return type.findValueByNumberCreatingIfUnknown(Integer.parseInt(in.getString()));
        }
        var named = type.findValueByName(text(in, token, field));
        if (named == null) {
            throw new IllegalArgumentException(field.getJsonName() + ": '" + in.getString() + "' (expected: a number)");
        }
        return named;
    }

    private static ByteString bytes(String text, FieldDescriptor field) {
        try {
            return ByteString.copyFrom(
                    IDS.contains(field.getName())
                            ? HexFormat.of().parseHex(text)
                            : Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/')));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    field.getJsonName() + ": '" + shown(text) + "' (expected: "
                            + (IDS.contains(field.getName()) ? "hex)" : "base64)"),
                    e);
        }
    }

    private static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + '…';
    }

    /** The JSON of {@code message}, without members at their defaults. */
    static ObjectNode write(MessageOrBuilder message) {
        var object = JsonNodeFactory.instance.objectNode();
        message.getAllFields().forEach((field, value) -> {
            if (field.isRepeated()) {
                var array = object.putArray(field.getJsonName());
                ((List<?>) value).forEach(element -> array.add(json(field, element)));
            } else {
                object.set(field.getJsonName(), json(field, value));
            }
        });
        return object;
    }

    private static JsonNode json(FieldDescriptor field, Object value) {
        var json = JsonNodeFactory.instance;
        return switch (field.getJavaType()) {
            case MESSAGE -> write((Message) value);
            case STRING -> json.stringNode((String) value);
            case BYTE_STRING -> {
                var bytes = ((ByteString) value).toByteArray();
                yield json.stringNode(
                        IDS.contains(field.getName())
                                ? HexFormat.of().formatHex(bytes)
                                : Base64.getEncoder().encodeToString(bytes));
            }
            case BOOLEAN -> json.booleanNode((Boolean) value);
            case LONG ->
                json.stringNode(
                        field.getType() == FieldDescriptor.Type.FIXED64
                                ? Long.toUnsignedString((Long) value)
                                : Long.toString((Long) value));
            case INT -> json.numberNode(Integer.toUnsignedLong((Integer) value)); // no signed one in OTLP
            case DOUBLE -> number((Double) value);
            case FLOAT -> number((Float) value);
            case ENUM -> json.numberNode(((EnumValueDescriptor) value).getNumber());
        };
    }

    private static JsonNode number(double value) {
        var json = JsonNodeFactory.instance;
        return Double.isFinite(value) ? json.numberNode(value) : json.stringNode(String.valueOf(value));
    }
}
