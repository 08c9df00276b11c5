// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import dev.clew.wire.http.HttpHeaders;

/** What a function returned to the Lambda proxy integration, read as its contract says. */
sealed interface ProxyResponse {
    /**
     * An answer to the caller.
     *
     * @param headers under the names that the function chose
     * @param body "" if there is none
     */
    record Valid(int status, HttpHeaders headers, String body, boolean base64) implements ProxyResponse {}

    /** Not what the contract asks for. */
    record Malformed(String reason) implements ProxyResponse {}

    /** Reads {@code payload}. Never throws. */
    static ProxyResponse parse(byte[] payload) {
        return ProxyResponseReader.read(payload);
    }
}
