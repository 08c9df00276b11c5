// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.auth;

import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Signs requests as a client does. Immutable, safe for use by many threads. */
public final class Signer {
    private final String accessKeyId;
    private final String secretAccessKey;
    private final @Nullable String sessionToken;
    private final String region;
    private final String service;

    /** @param service signing name */
    public Signer(
            String accessKeyId, String secretAccessKey, @Nullable String sessionToken, String region, String service) {
        this.accessKeyId = accessKeyId;
        this.secretAccessKey = secretAccessKey;
        this.sessionToken = sessionToken;
        this.region = region;
        this.service = service;
    }

    /** {@code request} with X-Amz-Date, X-Amz-Security-Token if there is one, and Authorization over all its headers. */
    public HttpRequest sign(HttpRequest request, Instant now) {
        var date = SigningKey.DATE.format(now);
        var headers = request.headers().toBuilder().set("X-Amz-Date", date);
        if (sessionToken != null) {
            headers.set("X-Amz-Security-Token", sessionToken);
        }
        var dated = with(request, headers.remove("Authorization").build());
        var names = dated.headers().names().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
        var scope = new CredentialScope(accessKeyId, date.substring(0, 8), region, service, SigningKey.TERMINATOR);
        var authorization = SigningKey.ALGORITHM + " Credential=" + accessKeyId + '/' + scope.date() + '/' + region
                + '/'
                + service + '/' + SigningKey.TERMINATOR + ", SignedHeaders=" + String.join(";", names) + ", Signature="
                + signature(dated, scope, now, names);
        return with(
                dated,
                dated.headers().toBuilder().add("Authorization", authorization).build());
    }

    private String signature(HttpRequest request, CredentialScope scope, Instant now, List<String> names) {
        var canonical = CanonicalRequest.of(
                request, CanonicalRequest.normalized(request.path()), names, SigningKey.sha256(request.body()));
        return SigningKey.signature(secretAccessKey, scope, now, canonical);
    }

    private static HttpRequest with(HttpRequest request, HttpHeaders headers) {
        return new HttpRequest(
                request.method(),
                request.path(),
                request.query(),
                headers,
                request.body(),
                request.remoteAddress(),
                request.secure());
    }

    @Override
    public String toString() {
        return "Signer[" + accessKeyId + ']';
    }
}
