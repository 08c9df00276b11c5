// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.query;

import dev.clew.traces.api.XrayErrors;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * Where a query goes on, bound to the query: with other parameters a token is refused. Opaque to callers, URL-safe.
 *
 * @param query hash of the query's parameters
 * @param position where it stopped
 */
@SuppressWarnings("ArrayRecordComponent") // a position, never compared
public record PageToken(int query, byte[] position) {
    /** The text that callers send back. */
    public String text() {
        var bytes = ByteBuffer.allocate(Integer.BYTES + position.length)
                .putInt(query)
                .put(position)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @throws dev.clew.wire.ServiceException unless {@code text} is a token of {@code query} */
    public static PageToken parse(String text, int query) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            bytes = new byte[0];
        }
        if (bytes.length <= Integer.BYTES || ByteBuffer.wrap(bytes).getInt() != query) {
            throw XrayErrors.invalidRequestException(
                    "NextToken: not a token of this query (expected: the one its last page answered)");
        }
        return new PageToken(query, Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length));
    }
}
