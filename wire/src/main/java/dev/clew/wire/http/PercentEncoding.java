// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Percent-encoding of URIs and forms (RFC 3986), UTF-8. */
public final class PercentEncoding {
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private PercentEncoding() {}

    /** The text that a path segment spells. What is no valid escape stands for itself. Never throws. */
    public static String decode(String encoded) {
        return encoded.indexOf('%') < 0 ? encoded : decoded(encoded, false);
    }

    /** The text that a form field or query parameter spells, where a plus sign is a space. Never throws. */
    public static String decodeForm(String encoded) {
        return encoded.indexOf('%') < 0 && encoded.indexOf('+') < 0 ? encoded : decoded(encoded, true);
    }

    private static String decoded(String encoded, boolean plusIsSpace) {
        var from = encoded.getBytes(StandardCharsets.UTF_8);
        var to = new byte[from.length];
        int length = 0;
        for (int i = 0; i < from.length; i++) {
            byte b = from[i];
            if (b == '%' && i + 2 < from.length && hex(from[i + 1]) >= 0 && hex(from[i + 2]) >= 0) {
                b = (byte) (hex(from[i + 1]) << 4 | hex(from[i + 2]));
                i += 2;
            } else if (b == '+' && plusIsSpace) {
                b = ' ';
            }
            to[length++] = b;
        }
        return new String(to, 0, length, StandardCharsets.UTF_8);
    }

    /** {@code text} with everything but RFC 3986's unreserved characters escaped. */
    public static String encode(String text) {
        return encode(text, false);
    }

    /** Like {@link #encode}, but slashes stay. */
    public static String encodePath(String text) {
        return encode(text, true);
    }

    private static String encode(String text, boolean keepSlash) {
        var from = text.getBytes(StandardCharsets.UTF_8);
        var to = new byte[Math.multiplyExact(from.length, 3)];
        int length = 0;
        for (byte b : from) {
            if (unreserved(b) || (b == '/' && keepSlash)) {
                to[length++] = b;
            } else {
                to[length++] = '%';
                to[length++] = HEX[b >> 4 & 15];
                to[length++] = HEX[b & 15];
            }
        }
        return new String(Arrays.copyOf(to, length), StandardCharsets.US_ASCII);
    }

    private static boolean unreserved(byte b) {
        return b >= 'a' && b <= 'z'
                || b >= 'A' && b <= 'Z'
                || b >= '0' && b <= '9'
                || b == '-'
                || b == '.'
                || b == '_'
                || b == '~';
    }

    private static int hex(byte b) {
        return Character.digit(b, 16);
    }
}
