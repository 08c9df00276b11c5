// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import dev.clew.functions.api.LambdaErrors;
import dev.clew.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next marker of the following page; null at the end
 */
public record Page<T>(List<T> items, @Nullable String next) {
    private static final int MAX = 50;

    /**
     * The page of {@code all} after {@code marker}. A marker names the last item before it, so that pages neither skip
     * nor repeat when the list changes between them, and its place, in case that very item goes.
     *
     * @throws ServiceException if the marker is none of ours
     */
    public static <T> Page<T> of(
            List<T> all, Function<T, String> key, @Nullable String marker, @Nullable Integer limit) {
        int from = marker == null || marker.isEmpty()
                ? 0
                : after(all.stream().map(key).toList(), marker);
        int to = Math.min(all.size(), from + Math.min(MAX, limit == null ? MAX : limit));
        var items = List.copyOf(all.subList(from, to));
        return new Page<>(items, to == all.size() ? null : encode(to + ":" + key.apply(items.getLast())));
    }

    private static int after(List<String> keys, String marker) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8).split(":", 2);
            int place = Math.clamp(Integer.parseInt(parts[0]), 0, keys.size());
            int index = keys.indexOf(parts[1]);
            return index < 0 ? place : index + 1;
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw LambdaErrors.invalidParameterValueException("Marker: '" + marker + "' (expected: a NextMarker)");
        }
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
