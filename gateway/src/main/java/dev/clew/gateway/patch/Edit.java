// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.patch;

import static dev.clew.gateway.api.ApigatewayErrors.badRequestException;

import dev.clew.gateway.definition.Members;
import dev.clew.wire.shape.Shape;
import dev.clew.wire.shape.Structure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One operation on one path: walks the structure to the place that the path names, and copies what lies on the way.
 *
 * @param value null for a removal, or if the operation has none
 */
record Edit(boolean removes, PatchPath path, @Nullable String value) {
    static Edit of(String operation, PatchPath path, @Nullable String value) {
        return new Edit(operation.equals("remove"), path, value);
    }

    <T> T apply(Structure<T> structure, T record) {
        return descend(structure, record, 0);
    }

    private <T> T descend(Structure<T> structure, @Nullable T record, int depth) {
        int index = Members.indexOf(structure, path.tokens().get(depth));
        if (index < 0) {
            throw invalidPath();
        }
        @Nullable
        Object[] values = record == null ? new Object[structure.members().size()] : structure.values(record);
        values[index] = edited(structure.members().get(index).shape(), values[index], depth + 1);
        return structure.construct(values);
    }

    private @Nullable Object edited(Shape shape, @Nullable Object current, int depth) {
        if (depth == path.tokens().size()) {
            return removes ? null : parsed(shape);
        }
        return switch (shape) {
            case Structure<?> structure -> nested(structure, current, depth);
            case Shape.MapOf map -> entry(map, current, depth);
            case Shape.ListOf _ -> element(current, depth);
            default -> throw invalidPath();
        };
    }

    @SuppressWarnings("unchecked") // the current value came from this structure
    private <T> T nested(Structure<T> structure, @Nullable Object current, int depth) {
        return descend(structure, (T) current, depth);
    }

    private Map<String, Object> entry(Shape.MapOf shape, @Nullable Object current, int depth) {
        var entries = new LinkedHashMap<String, Object>();
        if (current instanceof Map<?, ?> map) {
            map.forEach((key, held) -> entries.put((String) key, held));
        }
        var key = path.tokens().get(depth);
        if (removes && !entries.containsKey(key)) {
            throw invalidPath();
        }
        var changed = edited(shape.value().get(), entries.get(key), depth + 1);
        if (changed == null) {
            entries.remove(key);
        } else {
            entries.put(key, changed);
        }
        return entries;
    }

    /** A list's path names an element by its text; a value beside it takes that element's place. */
    private List<String> element(@Nullable Object current, int depth) {
        var elements = new ArrayList<String>();
        if (current instanceof List<?> list) {
            list.forEach(held -> elements.add((String) held));
        }
        var named = path.tokens().get(depth);
        int at = elements.indexOf(named);
        if (removes) {
            if (at < 0) {
                throw invalidPath();
            }
            elements.remove(at);
            return elements;
        }
        var element = value == null || value.isEmpty() ? named : value;
        if (at >= 0) {
            elements.set(at, element);
        } else if (!elements.contains(element)) {
            elements.add(element);
        }
        return elements;
    }

    private Object parsed(Shape shape) {
        var text = Objects.requireNonNullElse(value, "");
        try {
            return switch (shape) {
                case Shape.Text choice -> chosen(choice, text);
                case Shape.Bool _ -> truth(text);
                case Shape.Int _ -> Integer.valueOf(text);
                case Shape.Long64 _ -> Long.valueOf(text);
                case Shape.Real _ -> finite(text);
                default -> throw invalidPath();
            };
        } catch (NumberFormatException notANumber) {
            throw invalidValue("a number");
        }
    }

    private String chosen(Shape.Text shape, String text) {
        if (!shape.values().isEmpty() && !shape.values().contains(text)) {
            throw invalidValue("one of " + shape.values());
        }
        if (shape.pattern() != null && !shape.pattern().matcher(text).matches()) {
            throw invalidValue(shape.pattern().pattern());
        }
        return text;
    }

    private Boolean truth(String text) {
        if (Stream.of("true", "false").noneMatch(text::equalsIgnoreCase)) {
            throw invalidValue("true or false");
        }
        return Boolean.valueOf(text);
    }

    private Double finite(String text) {
        double number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw invalidValue("a number");
        }
        return number;
    }

    private RuntimeException invalidPath() {
        return badRequestException("Invalid patch path " + path.text());
    }

    private RuntimeException invalidValue(String expected) {
        return badRequestException(
                "Invalid value '" + value + "' for patch path " + path.text() + " (expected: " + expected + ")");
    }
}
