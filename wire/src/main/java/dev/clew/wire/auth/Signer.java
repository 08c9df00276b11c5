// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.auth;

import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.PercentEncoding;
import java.time.Duration;
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
        var headers =
                request.headers().toBuilder().remove("Authorization").set("X-Amz-Date", SigningKey.DATE.format(now));
        if (sessionToken != null) {
            headers.set("X-Amz-Security-Token", sessionToken);
        }
        var dated = request.withHeaders(headers.build());
        var names = names(dated);
        var scope = scope(now);
        var authorization = SigningKey.ALGORITHM + " Credential=" + credential(scope) + ", SignedHeaders="
                + String.join(";", names) + ", Signature=" + signature(dated, scope, now, names);
        return dated.withHeaders(headers.add("Authorization", authorization).build());
    }

    /** {@code request} with the signature over its headers in the query, good for {@code lifetime}. */
    public HttpRequest presign(HttpRequest request, Instant now, Duration lifetime) {
        var names = names(request);
        var scope = scope(now);
        var query = new StringBuilder(request.query());
        append(query, "X-Amz-Algorithm", SigningKey.ALGORITHM);
        append(query, "X-Amz-Credential", credential(scope));
        append(query, "X-Amz-Date", SigningKey.DATE.format(now));
        append(query, "X-Amz-Expires", Long.toString(lifetime.toSeconds()));
        append(query, "X-Amz-SignedHeaders", String.join(";", names));
        if (sessionToken != null) {
            append(query, "X-Amz-Security-Token", sessionToken);
        }
        var signature = signature(request.withQuery(query.toString()), scope, now, names);
        append(query, "X-Amz-Signature", signature);
        return request.withQuery(query.toString());
    }

    private static void append(StringBuilder query, String name, String value) {
        query.append(query.isEmpty() ? "" : "&").append(name).append('=').append(PercentEncoding.encode(value));
    }

    private static List<String> names(HttpRequest request) {
        return request.headers().names().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
    }

    private CredentialScope scope(Instant now) {
        var day = SigningKey.DATE.format(now).substring(0, 8);
        return new CredentialScope(accessKeyId, day, region, service, SigningKey.TERMINATOR);
    }

    private static String credential(CredentialScope scope) {
        return String.join("/", scope.accessKeyId(), scope.date(), scope.region(), scope.service(), scope.terminator());
    }

    private String signature(HttpRequest request, CredentialScope scope, Instant now, List<String> names) {
        var payloadHash =
                request.headers().first("X-Amz-Content-Sha256").orElseGet(() -> SigningKey.sha256(request.body()));
        var path = CanonicalRequest.normalized(request.path());
        var canonical = CanonicalRequest.of(request, path, names, payloadHash);
        return SigningKey.signature(secretAccessKey, scope, now, canonical);
    }

    @Override
    public String toString() {
        return "Signer[" + accessKeyId + ']';
    }
}
