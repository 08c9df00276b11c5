// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What is known of a request when its policies are evaluated: condition keys and their values. Immutable. */
public final class RequestContext {
    /** Nothing is known. */
    public static final RequestContext EMPTY = new RequestContext(Map.of());

    private final Map<String, List<String>> values;

    private RequestContext(Map<String, List<String>> values) {
        this.values = Map.copyOf(values);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The values of {@code key}, whose case does not matter; empty if the request has none. */
    public List<String> values(String key) {
        return values.getOrDefault(fold(key), List.of());
    }

    /** The keys that have values, in lower case. */
    public Set<String> keys() {
        return values.keySet();
    }

    /** These values and, for keys that have none here, those of {@code defaults}. */
    public RequestContext orElse(RequestContext defaults) {
        var merged = new HashMap<>(defaults.values);
        merged.putAll(values);
        return new RequestContext(merged);
    }

    static String fold(String key) {
        return key.toLowerCase(Locale.ROOT);
    }

    /** Collects keys. */
    public static final class Builder {
        private final Map<String, List<String>> values = new HashMap<>();

        private Builder() {}

        public Builder put(String key, String value) {
            return put(key, List.of(value));
        }

        /** A key of several values; without any, the key counts as missing. */
        public Builder put(String key, List<String> several) {
            if (!several.isEmpty()) {
                values.put(fold(key), List.copyOf(several));
            }
            return this;
        }

        public RequestContext build() {
            return new RequestContext(values);
        }
    }
}
