// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Attribute values as JSON. Protobuf's own limit to nesting bounds the recursion. */
final class Values {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Values() {}

    static JsonNode json(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> JSON.stringNode(value.getStringValue());
            case BOOL_VALUE -> JSON.booleanNode(value.getBoolValue());
            case INT_VALUE -> JSON.numberNode(value.getIntValue());
            case DOUBLE_VALUE -> number(value.getDoubleValue());
            case BYTES_VALUE ->
                JSON.stringNode(
                        Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray()));
            case ARRAY_VALUE -> {
                var array = JSON.arrayNode();
                value.getArrayValue().getValuesList().forEach(element -> array.add(json(element)));
                yield array;
            }
            case KVLIST_VALUE -> json(value.getKvlistValue().getValuesList());
            default -> JSON.nullNode();
        };
    }

    static ObjectNode json(List<KeyValue> attributes) {
        var object = JSON.objectNode();
        attributes.forEach(attribute -> object.set(attribute.getKey(), json(attribute.getValue())));
        return object;
    }

    /** JSON has no infinities. */
    private static JsonNode number(double value) {
        return Double.isFinite(value) ? JSON.numberNode(value) : JSON.stringNode(String.valueOf(value));
    }

    /** Whether an annotation can hold it. */
    static boolean isScalar(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE, BOOL_VALUE, INT_VALUE -> true;
            case DOUBLE_VALUE -> Double.isFinite(value.getDoubleValue());
            default -> false;
        };
    }
}
