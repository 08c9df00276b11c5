// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.protocol;

import dev.clew.wire.shape.Shape;
import dev.clew.wire.shape.Shape.Time.Format;
import dev.clew.wire.shape.Structure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes awsQuery's XML. Not safe for use by many threads. */
final class XmlWriter {
    private static final String UNNAMED = "member";

    private final StringBuilder out = new StringBuilder(512);

    XmlWriter open(String element) {
        out.append('<').append(element).append('>');
        return this;
    }

    XmlWriter open(String element, String namespace) {
        out.append('<').append(element);
        if (!namespace.isEmpty()) {
            out.append(" xmlns=\"");
            escape(namespace);
            out.append('"');
        }
        out.append('>');
        return this;
    }

    XmlWriter close(String element) {
        out.append("</").append(element).append('>');
        return this;
    }

    XmlWriter element(String name, String text) {
        open(name);
        escape(text);
        return close(name);
    }

    byte[] bytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The members of {@code record}, without an element around them. */
    XmlWriter members(Structure<?> structure, Object record) {
        var values = structure.values(record);
        for (int i = 0; i < values.length; i++) {
            var value = values[i];
            if (value != null) {
                var member = structure.members().get(i);
                write(member.queryName(), member.shape(), value);
            }
        }
        return this;
    }

    private void write(String name, Shape shape, Object value) {
        switch (shape) {
            case Structure<?> structure -> {
                open(name);
                members(structure, value);
                close(name);
            }
            case Shape.ListOf list -> list(name, list, (List<?>) value);
            case Shape.MapOf map -> map(name, map, (Map<?, ?>) value);
            case Shape simple -> element(name, TextValues.text(simple, value, Format.ISO_8601));
        }
    }

    private void list(String name, Shape.ListOf list, List<?> items) {
        var element = list.element().get();
        if (list.flattened()) {
            var itemName = list.memberName().equals(UNNAMED) ? name : list.memberName();
            items.forEach(item -> write(itemName, element, item));
        } else {
            open(name);
            items.forEach(item -> write(list.memberName(), element, item));
            close(name);
        }
    }

    private void map(String name, Shape.MapOf map, Map<?, ?> entries) {
        var valueShape = map.value().get();
        var entryName = map.flattened() ? name : "entry";
        if (!map.flattened()) {
            open(name);
        }
        entries.forEach((key, value) -> {
            open(entryName);
            element(map.keyName(), key.toString());
            write(map.valueName(), valueShape, value);
            close(entryName);
        });
        if (!map.flattened()) {
            close(name);
        }
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\r' -> out.append("&#xD;"); // a parser would turn a bare one into a line feed
                case '\t', '\n' -> out.append(c);
                default ->
                    out.append(c < ' ' || c == '\uFFFE' || c == '\uFFFF' ? '\uFFFD' : c); // XML 1.0 has no others
            }
        }
    }
}
