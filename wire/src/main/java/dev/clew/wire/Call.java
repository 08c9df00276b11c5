// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.core.trace.TraceHeader;
import dev.clew.wire.http.HttpHeaders;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds one call of an operation.
 *
 * @param requestId UUID that the response carries
 * @param scope account of the caller and region of the endpoint
 * @param caller who calls
 * @param trace the request's trace context, or null
 * @param headers the request's headers
 * @param endpoint base address by which the caller reached us, for links that an answer holds; no trailing slash
 * @param remoteAddress the peer's address, without port
 */
public record Call(
        String requestId,
        Scope scope,
        Caller caller,
        @Nullable TraceHeader trace,
        HttpHeaders headers,
        URI endpoint,
        String remoteAddress) {
    /**
     * Who calls.
     *
     * @param arn of the user, or of the assumed-role session
     * @param userId unique id as GetCallerIdentity tells it
     * @param accessKeyId "" for an unsigned request
     */
    public record Caller(Arn arn, String userId, String accessKeyId) {}
}
