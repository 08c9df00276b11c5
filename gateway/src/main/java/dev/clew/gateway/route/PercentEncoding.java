// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.route;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Percent-encoding of URLs, decoded as UTF-8. Bytes that are no UTF-8 become the replacement character. */
public final class PercentEncoding {
    private PercentEncoding() {}

    /** {@code text} decoded, or null if its encoding is broken. */
    public static @Nullable String decode(String text) {
        int first = text.indexOf('%');
        if (first < 0) {
            return text;
        }
        var bytes = new ByteArrayOutputStream(text.length());
        int from = 0;
        for (int at = first; at >= 0; at = text.indexOf('%', from)) {
            if (at + 2 >= text.length()
                    || !HexFormat.isHexDigit(text.charAt(at + 1))
                    || !HexFormat.isHexDigit(text.charAt(at + 2))) {
                return null;
            }
            bytes.writeBytes(text.substring(from, at).getBytes(StandardCharsets.UTF_8));
            bytes.write(HexFormat.fromHexDigits(text, at + 1, at + 3));
            from = at + 3;
        }
        bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** {@link #decode} as in forms and queries, where a plus is a blank. */
    public static @Nullable String decodeQuery(String text) {
        return decode(text.replace('+', ' '));
    }
}
