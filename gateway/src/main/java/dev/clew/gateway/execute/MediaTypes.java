// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The media types that an API treats as binary. Immutable.
 *
 * @param types lower case, without parameters; {@code *}{@code /*} stands for all
 */
record MediaTypes(Set<String> types) {
    static MediaTypes of(@Nullable List<String> types) {
        return new MediaTypes(
                types == null
                        ? Set.of()
                        : types.stream().map(MediaTypes::bare).collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether a {@code Content-Type}, or the first type of an {@code Accept}, is one of them. */
    boolean contain(@Nullable String header) {
        if (types.isEmpty()) {
            return false;
        }
        return types.contains("*/*") || header != null && types.contains(bare(header));
    }

    private static String bare(String header) {
        int end = header.indexOf(',');
        var first = end < 0 ? header : header.substring(0, end);
        int parameters = first.indexOf(';');
        return (parameters < 0 ? first : first.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }
}
