// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Tokens of lists: where the next page begins, in a form that nobody takes for a name. */
final class PageToken {
    private PageToken() {}

    static String of(String start) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(start.getBytes(StandardCharsets.UTF_8));
    }

    /** What {@link #of} was given; null for null. */
    static @Nullable String start(@Nullable String token) {
        if (token == null) {
            return null;
        }
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Position.invalidToken();
        }
    }
}
