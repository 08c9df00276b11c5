// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Attributes of a span, a resource or an event. Remembers which were asked for and found: those are said elsewhere in the
 * document and not repeated in its metadata. Not safe for use by many threads.
 */
final class Attributes {
    private final Map<String, AnyValue> values;
    private final Set<String> taken = new HashSet<>();

    private Attributes(Map<String, AnyValue> values) {
        this.values = values;
    }

    static Attributes of(List<KeyValue> attributes) {
        var values = LinkedHashMap.<String, AnyValue>newLinkedHashMap(attributes.size());
        for (var attribute : attributes) {
            values.put(attribute.getKey(), attribute.getValue());
        }
        return new Attributes(values);
    }

    /** The value of the first of {@code keys} that is there, as text; null for none, for "" and for lists and maps. */
    @Nullable
    String text(String... keys) {
        for (var key : keys) {
            var value = values.get(key);
            var text = value == null ? null : scalar(value);
            if (text != null && !text.isEmpty()) {
                taken.add(key);
                return text;
            }
        }
        return null;
    }

    /** The same without taking it. */
    @Nullable
    String peek(String key) {
        var value = values.get(key);
        return value == null ? null : scalar(value);
    }

    /** The whole number under the first of {@code keys} that holds one, as a number or as text. */
    @Nullable
    Long number(String... keys) {
        for (var key : keys) {
            var value = values.get(key);
            var number = value == null ? null : whole(value);
            if (number != null) {
                taken.add(key);
                return number;
            }
        }
        return null;
    }

    /** Whether the attribute is there and true. */
    boolean flag(String key) {
        var value = values.get(key);
        if (value == null) {
            return false;
        }
        taken.add(key);
        return value.getBoolValue() || value.getStringValue().equals("true");
    }

    /** The texts of the first of {@code keys} that is there: of a list, or one. */
    List<String> texts(String... keys) {
        for (var key : keys) {
            var value = values.get(key);
            if (value == null) {
                continue;
            }
            taken.add(key);
            return value.hasArrayValue()
                    ? value.getArrayValue().getValuesList().stream()
                            .filter(AnyValue::hasStringValue)
                            .map(AnyValue::getStringValue)
                            .toList()
                    : List.of(value.getStringValue());
        }
        return List.of();
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** Says that {@code key} needs no repetition. */
    void take(String key) {
        taken.add(key);
    }

    void forEach(BiConsumer<String, AnyValue> visitor) {
        values.forEach(visitor);
    }

    /** Visits what nobody took. */
    void forEachLeft(BiConsumer<String, AnyValue> visitor) {
        values.forEach((key, value) -> {
            if (!taken.contains(key)) {
                visitor.accept(key, value);
            }
        });
    }

    private static @Nullable String scalar(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> String.valueOf(value.getBoolValue());
            case INT_VALUE -> String.valueOf(value.getIntValue());
            case DOUBLE_VALUE -> String.valueOf(value.getDoubleValue());
            default -> null;
        };
    }

    private static @Nullable Long whole(AnyValue value) {
        return switch (value.getValueCase()) {
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> (long) value.getDoubleValue();
            case STRING_VALUE -> {
                var text = value.getStringValue();
                yield text.matches("-?\\d{1,18}") ? Long.valueOf(text) : null;
            }
            default -> null;
        };
    }
}
