// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** HTTP headers: names compare without regard to case, keep the case they came in, and may repeat. Immutable. */
public final class HttpHeaders {
    /** No headers. */
    public static final HttpHeaders EMPTY = new HttpHeaders(Map.of());

    private final Map<String, Field> fields;

    private record Field(String name, List<String> values) {}

    private HttpHeaders(Map<String, Field> fields) {
        this.fields = fields;
    }

    /** Headers with one value each, names and values in turn. */
    public static HttpHeaders of(String... namesAndValues) {
        var headers = new Builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers.build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A builder that begins with these headers. */
    public Builder toBuilder() {
        var builder = new Builder();
        forEach(builder::add);
        return builder;
    }

    /** The first value, if the header is there. */
    public Optional<String> first(String name) {
        var field = fields.get(name.toLowerCase(Locale.ROOT));
        return field == null ? Optional.empty() : Optional.of(field.values.getFirst());
    }

    /** All values in order; empty if the header is absent. */
    public List<String> all(String name) {
        var field = fields.get(name.toLowerCase(Locale.ROOT));
        return field == null ? List.of() : field.values;
    }

    /** Names in the case they came in, in order of first appearance. */
    public List<String> names() {
        return fields.values().stream().map(Field::name).toList();
    }

    /** Visits each name and value in order. */
    public void forEach(BiConsumer<String, String> visitor) {
        fields.values().forEach(field -> field.values.forEach(value -> visitor.accept(field.name, value)));
    }

    @Override
    public String toString() {
        return names().toString(); // values may be secrets
    }

    /** Collects headers. Not safe for use by many threads. */
    public static final class Builder {
        private final Map<String, Field> fields = new LinkedHashMap<>();

        public Builder add(String name, String value) {
            fields.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new Field(name, new ArrayList<>()))
                    .values
                    .add(value);
            return this;
        }

        /** Replaces whatever the header held. */
        public Builder set(String name, String value) {
            remove(name);
            return add(name, value);
        }

        public Builder remove(String name) {
            fields.remove(name.toLowerCase(Locale.ROOT));
            return this;
        }

        public HttpHeaders build() {
            var copy = new LinkedHashMap<String, Field>();
            fields.forEach((key, field) -> copy.put(key, new Field(field.name, List.copyOf(field.values))));
            return new HttpHeaders(copy);
        }
    }
}
