// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list in order of names. The token is the last name of the page before: it stays right when items come
 * and go meanwhile.
 *
 * @param nextToken null on the last page
 */
public record Page<T>(List<T> items, @Nullable String nextToken) {
    private static final int DEFAULT_LIMIT = 100;

    /**
     * The page after {@code token}.
     *
     * @param all in ascending order of {@code name}
     */
    public static <T> Page<T> of(
            Stream<T> all, Function<T, String> name, @Nullable String token, @Nullable Integer requestedLimit) {
        int limit = requestedLimit == null ? DEFAULT_LIMIT : requestedLimit;
        var after = token == null ? null : decode(token);
        var rest = after == null ? all : all.dropWhile(item -> name.apply(item).compareTo(after) <= 0);
        var page = rest.limit(limit + 1L).toList();
        if (page.size() <= limit) {
            return new Page<>(page, null);
        }
        var items = page.subList(0, limit);
        return new Page<>(items, encode(name.apply(items.getLast())));
    }

    private static String encode(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notOurs) {
            throw Invalid.request("Parameter NextToken is not valid.");
        }
    }
}
