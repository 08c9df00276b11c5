// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.iam;

import dev.clew.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param marker asks for the next part; null if this is the last
 */
record Page<T>(List<T> items, @Nullable String marker) {
    private static final int USUAL = 100;

    /**
     * The items after {@code marker} in order of their keys, so that changes between two calls neither repeat nor hide
     * what stays.
     */
    static <T> Page<T> of(List<T> all, Function<T, String> key, @Nullable String marker, @Nullable Integer maxItems) {
        var after = marker == null ? "" : decode(marker);
        int most = maxItems == null ? USUAL : maxItems;
        var rest = all.stream()
                .sorted(Comparator.comparing(key))
                .filter(item -> key.apply(item).compareTo(after) > 0)
                .limit(most + 1L)
                .toList();
        if (rest.size() <= most) {
            return new Page<>(rest, null);
        }
        var items = rest.subList(0, most);
        return new Page<>(items, encode(key.apply(items.getLast())));
    }

    /** By position, for lists whose keys are too long for a marker. */
    static <T> Page<T> byPosition(List<T> all, @Nullable String marker, @Nullable Integer maxItems) {
        var positions = IntStream.range(0, all.size()).boxed().toList();
        var page = of(positions, position -> String.format(Locale.ROOT, "%06d", position), marker, maxItems);
        return new Page<>(page.items().stream().map(all::get).toList(), page.marker());
    }

    boolean truncated() {
        return marker != null;
    }

    private static String encode(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String marker) {
        try {
            return new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ServiceException.client("ValidationError", 400, "Invalid Marker.");
        }
    }
}
