// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.http;

import java.nio.charset.StandardCharsets;

/**
 * One HTTP request, read whole.
 *
 * @param method upper case
 * @param path as sent: still percent-encoded, begins with a slash
 * @param query as sent, without the question mark; "" if none
 * @param body never changed after construction
 * @param remoteAddress the peer's address, without port
 * @param secure whether it came over TLS
 */
@SuppressWarnings("ArrayRecordComponent") // bodies are large and never compared
public record HttpRequest(
        String method,
        String path,
        String query,
        HttpHeaders headers,
        byte[] body,
        String remoteAddress,
        boolean secure) {
    /** The Host header, or "". */
    public String host() {
        return headers.first("Host").orElse("");
    }

    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The same request with other headers. */
    public HttpRequest withHeaders(HttpHeaders newHeaders) {
        return new HttpRequest(method, path, query, newHeaders, body, remoteAddress, secure);
    }

    /** The same request with another query, encoded. */
    public HttpRequest withQuery(String newQuery) {
        return new HttpRequest(method, path, newQuery, headers, body, remoteAddress, secure);
    }
}
