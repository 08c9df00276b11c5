// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.control;

import static dev.clew.gateway.api.ApigatewayErrors.badRequestException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Cuts sorted collections into pages. A position is the key of the page's last item, so it survives changes. */
final class Paging {
    private static final int DEFAULT_LIMIT = 25;
    private static final int MAX_LIMIT = 500;

    private Paging() {}

    /**
     * A page.
     *
     * @param position of the next page, or null
     */
    record Page<T>(List<T> items, @Nullable String position) {}

    /** @param items sorted by {@code key} */
    static <T> Page<T> page(
            List<T> items, Function<T, String> key, @Nullable String position, @Nullable Integer limit) {
        int size = limit == null || limit == 0 ? DEFAULT_LIMIT : limit;
        if (size < 0 || size > MAX_LIMIT) {
            throw badRequestException("limit: " + limit + " (expected: 1 to " + MAX_LIMIT + ")");
        }
        var after = position == null || position.isEmpty() ? "" : decoded(position);
        var rest = items.stream()
                .filter(item -> key.apply(item).compareTo(after) > 0)
                .limit(size + 1L)
                .toList();
        if (rest.size() <= size) {
            return new Page<>(rest, null);
        }
        var page = rest.subList(0, size);
        return new Page<>(page, encoded(key.apply(page.getLast())));
    }

    private static String encoded(String key) {
        return Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String position) {
        try {
            return new String(Base64.getUrlDecoder().decode(position), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw badRequestException("Invalid position specified");
        }
    }
}
