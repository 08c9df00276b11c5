// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.protocol;

import dev.clew.wire.http.Parameters;
import dev.clew.wire.shape.Shape;
import dev.clew.wire.shape.Structure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the flat names of awsQuery, such as {@code Tags.member.1.Key}, by their shapes. */
final class FormReader {
    private static final String UNNAMED = "member";

    private final NavigableMap<String, String> fields = new TreeMap<>();
    private final int depth;

    FormReader(Parameters parameters, int depth) {
        parameters.list().forEach(parameter -> fields.put(parameter.name(), parameter.value()));
        this.depth = depth;
    }

    /** Reads {@code value} where the form does not name {@code field}. */
    void otherwise(String field, String value) {
        fields.putIfAbsent(field, value);
    }

    <T> T read(Structure<T> structure) {
        return structure(structure, "", 0);
    }

    private <T> T structure(Structure<T> structure, String prefix, int level) {
        if (level > depth) {
            throw Malformed.because("names are nested too deeply (expected: at most " + depth + " levels)");
        }
        var values = new @Nullable Object[structure.members().size()];
        for (int i = 0; i < values.length; i++) {
            var member = structure.members().get(i);
            values[i] = value(member.shape(), prefix + member.queryName(), level);
        }
        return structure.construct(values);
    }

    private @Nullable Object value(Shape shape, String name, int level) {
        return switch (shape) {
            case Structure<?> structure -> present(name) ? structure(structure, name + '.', level + 1) : null;
            case Shape.ListOf list -> list(list, name, level);
            case Shape.MapOf map -> map(map, name, level);
            case Shape simple -> {
                var text = fields.get(name);
                yield text == null ? null : TextValues.parse(simple, text);
            }
        };
    }

    private boolean present(String name) {
        return fields.containsKey(name) || !below(name).isEmpty();
    }

    /** The fields whose names continue {@code name} after a dot. */
    private Set<String> below(String name) {
        return fields.subMap(name + '.', name + '/').keySet(); // '/' follows '.'
    }

    private @Nullable List<Object> list(Shape.ListOf list, String name, int level) {
        var base = list.flattened() ? flattened(name, list.memberName()) : name + '.' + list.memberName();
        var indexes = indexes(base);
        if (indexes.isEmpty()) {
            return "".equals(fields.get(name)) ? List.of() : null;
        }
        var element = list.element().get();
        var items = new ArrayList<Object>();
        for (int index : indexes) {
            var item = value(element, base + '.' + index, level + 1);
            if (item != null) {
                items.add(item);
            }
        }
        return Collections.unmodifiableList(items);
    }

    private @Nullable Map<String, Object> map(Shape.MapOf map, String name, int level) {
        var base = map.flattened() ? name : name + ".entry";
        var indexes = indexes(base);
        if (indexes.isEmpty()) {
            return "".equals(fields.get(name)) ? Map.of() : null;
        }
        var valueShape = map.value().get();
        var entries = new LinkedHashMap<String, Object>();
        for (int index : indexes) {
            var key = fields.get(base + '.' + index + '.' + map.keyName());
            var value = value(valueShape, base + '.' + index + '.' + map.valueName(), level + 1);
            if (key != null && value != null) {
                entries.put(key, value);
            }
        }
        return Collections.unmodifiableMap(entries);
    }

    /** A flattened list may rename its elements: the name replaces the last part of the list's own. */
    private static String flattened(String name, String memberName) {
        return memberName.equals(UNNAMED) ? name : name.substring(0, name.lastIndexOf('.') + 1) + memberName;
    }

    /** The numbers that follow {@code base} and a dot, in order; gaps are allowed. */
    private SortedSet<Integer> indexes(String base) {
        var indexes = new TreeSet<Integer>();
        for (var name : below(base)) {
            int start = base.length() + 1;
            int end = name.indexOf('.', start);
            int index = index(name, start, end < 0 ? name.length() : end);
            if (index >= 0) {
                indexes.add(index);
            }
        }
        return indexes;
    }

    private static int index(String name, int start, int end) {
        if (start == end || end - start > 9) {
            return -1;
        }
        int number = 0;
        for (int i = start; i < end; i++) {
            char digit = name.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + digit - '0';
        }
        return number;
    }
}
