// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.validation;

import dev.clew.wire.shape.Shape;
import dev.clew.wire.shape.Structure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values as validation messages show them: bounded in length, and silent about what is sensitive. */
final class Rendering {
    private static final int LONGEST = 1_024;
    private static final String SENSITIVE = "***";

    private final StringBuilder out = new StringBuilder();

    private Rendering() {}

    /** The text for {@code value}; nothing if it must not or cannot be shown. */
    static Optional<String> of(Shape shape, Object value) {
        if (shape instanceof Shape.Blob || (shape instanceof Shape.Text text && text.sensitive())) {
            return Optional.empty();
        }
        var rendering = new Rendering();
        rendering.append(shape, value);
        return Optional.of(shortened(rendering.out.toString()));
    }

    static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    /** {@code EventBusName} as messages spell it: {@code eventBusName}. */
    static String camelCase(String name) {
        return name.isEmpty() ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private void append(Shape shape, @Nullable Object value) {
        if (out.length() > LONGEST) {
            return;
        }
        switch (value) {
            case null -> out.append("null");
            case byte[] _ -> out.append(SENSITIVE);
            case List<?> items
            when shape instanceof Shape.ListOf list -> {
                var separator = "[";
                for (var item : items) {
                    out.append(separator);
                    append(list.element().get(), item);
                    separator = ", ";
                }
                out.append(items.isEmpty() ? "[]" : "]");
            }
            case Map<?, ?> entries
            when shape instanceof Shape.MapOf map -> {
                var separator = "{";
                for (var entry : entries.entrySet()) {
                    out.append(separator).append(entry.getKey()).append('=');
                    append(map.value().get(), entry.getValue());
                    separator = ", ";
                }
                out.append(entries.isEmpty() ? "{}" : "}");
            }
            default -> {
                switch (shape) {
                    case Structure<?> structure -> structure(structure, value);
                    case Shape.Text text when text.sensitive() -> out.append(SENSITIVE);
                    default -> out.append(value);
                }
            }
        }
    }

    private void structure(Structure<?> structure, Object record) {
        var values = structure.values(record);
        var members = structure.members();
        var separator = structure.name() + '(';
        for (int i = 0; i < values.length; i++) {
            out.append(separator).append(camelCase(members.get(i).name())).append('=');
            append(members.get(i).shape(), values[i]);
            separator = ", ";
        }
        out.append(values.length == 0 ? separator + ')' : ")");
    }
}
