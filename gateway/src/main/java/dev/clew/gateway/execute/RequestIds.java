// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import dev.clew.core.IdSource;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import java.util.regex.Pattern;

/**
 * By what a request is known in answers and logs.
 *
 * @param requestId a UUID: the client's own if it sent one
 * @param extendedRequestId short, in base64, ends with {@code =}
 */
record RequestIds(String requestId, String extendedRequestId) {
    static final String REQUEST_ID = "x-amzn-RequestId";
    static final String EXTENDED_REQUEST_ID = "x-amz-apigw-id";

    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    static RequestIds of(HttpRequest request, IdSource ids) {
        var requestId = request.headers()
                .first(REQUEST_ID)
                .filter(sent -> UUID.matcher(sent).matches())
                .orElseGet(() -> ids.nextUuid().toString());
        return new RequestIds(requestId, ids.nextText(BASE64, 15) + '=');
    }

    void addTo(HttpHeaders.Builder headers) {
        headers.set(REQUEST_ID, requestId).set(EXTENDED_REQUEST_ID, extendedRequestId);
    }
}
