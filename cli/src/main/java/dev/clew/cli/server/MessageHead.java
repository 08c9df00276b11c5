// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP/1 message.
 *
 * @param startLine request or status line
 * @param fields header lines as they came
 */
public record MessageHead(String startLine, List<String> fields) {
    private static final int MAX_BYTES = 65_536;

    public MessageHead {
        fields = List.copyOf(fields);
    }

    /**
     * Reads up to and including the empty line, and not a byte further, so that what follows can be passed on as it is.
     *
     * @return null if the stream ends before it begins
     * @throws IOException if it ends within, or is longer than 64 KiB
     */
    public static @Nullable MessageHead read(InputStream in) throws IOException {
        var bytes = new byte[1_024];
        int length = 0;
        while (!ends(bytes, length)) {
            int next = in.read();
            if (next < 0 && length == 0) {
                return null;
            }
            if (next < 0 || length == MAX_BYTES) {
                throw new IOException(next < 0 ? "the head is cut off" : "the head is longer than " + MAX_BYTES);
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * length);
            }
            bytes[length++] = (byte) next;
        }
        var lines = new String(bytes, 0, length, StandardCharsets.ISO_8859_1).split("\r?\n");
        return new MessageHead(
                lines.length == 0 ? "" : lines[0],
                lines.length < 2 ? List.of() : Arrays.asList(lines).subList(1, lines.length));
    }

    /** The value of the first field called {@code name} in any case; null if there is none. */
    public @Nullable String field(String name) {
        return fields.stream()
                .filter(field -> field.regionMatches(true, 0, name + ':', 0, name.length() + 1))
                .map(field -> field.substring(name.length() + 1).strip())
                .findFirst()
                .orElse(null);
    }

    private static boolean ends(byte[] bytes, int length) {
        return length >= 2
                && bytes[length - 1] == '\n'
                && (bytes[length - 2] == '\n'
                        || (length >= 4 && bytes[length - 2] == '\r' && bytes[length - 3] == '\n'));
    }
}
