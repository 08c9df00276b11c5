// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import dev.clew.events.api.Tag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tags as maps; of equal keys the last wins. */
final class Tags {
    private static final int MOST = 50;

    private Tags() {}

    static Map<String, String> of(@Nullable List<Tag> tags) {
        return tags == null ? Map.of() : merged(Map.of(), tags);
    }

    /** @throws dev.clew.wire.ServiceException if they become too many */
    static Map<String, String> merged(Map<String, String> old, List<Tag> more) {
        var all = new HashMap<>(old);
        more.forEach(tag -> all.put(tag.key(), tag.value()));
        if (all.size() > MOST) {
            throw Invalid.limit();
        }
        return all;
    }

    static Map<String, String> without(Map<String, String> old, List<String> keys) {
        var rest = new HashMap<>(old);
        keys.forEach(rest::remove);
        return rest;
    }

    /** In order of their keys. */
    static List<Tag> list(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(entry -> new Tag(entry.getKey(), entry.getValue()))
                        .toList();
    }
}
