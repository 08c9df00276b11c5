// SPDX-License-Identifier: Apache-2.0
package dev.clew.examples.order;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Members of an event, which may be absent or of another kind. */
final class Json {
    private Json() {}

    /** The object called {@code name}; empty if there is none. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Map<String, Object> event, String name) {
        var value = (@Nullable Object) event.get(name);
        return value instanceof Map<?, ?> object ? (Map<String, Object>) object : Map.of();
    }

    /** The string called {@code name}, or {@code otherwise}. */
    static String text(Map<String, Object> object, String name, String otherwise) {
        var value = (@Nullable Object) object.get(name);
        return value instanceof String text ? text : otherwise;
    }

    /** The number called {@code name}, or 0. */
    static double number(Map<String, Object> object, String name) {
        var value = (@Nullable Object) object.get(name);
        return value instanceof Number number ? number.doubleValue() : 0;
    }
}
