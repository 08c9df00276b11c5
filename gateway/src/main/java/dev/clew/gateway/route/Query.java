// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.route;

import dev.clew.wire.http.PercentEncoding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The decoded parameters of a request's query.
 *
 * @param values by name, in order; never empty lists
 */
public record Query(Map<String, List<String>> values) {
    /** No parameters. */
    public static final Query NONE = new Query(Map.of());

    /** The parameters in {@code text}; escapes that are none stand for themselves. Never throws. */
    public static Query parse(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        var values = new LinkedHashMap<String, List<String>>();
        for (var pair : text.split("&")) {
            int equals = pair.indexOf('=');
            var name = PercentEncoding.decodeForm(equals < 0 ? pair : pair.substring(0, equals));
            var value = PercentEncoding.decodeForm(equals < 0 ? "" : pair.substring(equals + 1));
            if (!name.isEmpty()) {
                values.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
            }
        }
        return new Query(values);
    }

    /** The last value of a parameter, or null. */
    public @Nullable String last(String name) {
        var all = values.get(name);
        return all == null ? null : all.getLast();
    }
}
