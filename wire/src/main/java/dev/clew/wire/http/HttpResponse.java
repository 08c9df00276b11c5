// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.http;

import java.nio.charset.StandardCharsets;

/** One HTTP response. {@code body} is never changed after construction. */
@SuppressWarnings("ArrayRecordComponent") // bodies are large and never compared
public record HttpResponse(int status, HttpHeaders headers, byte[] body) {
    /** A response with a text body. */
    public static HttpResponse text(int status, String contentType, String body) {
        return new HttpResponse(
                status, HttpHeaders.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
    }

    /** A response without a body. */
    public static HttpResponse empty(int status, HttpHeaders headers) {
        return new HttpResponse(status, headers, new byte[0]);
    }

    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
