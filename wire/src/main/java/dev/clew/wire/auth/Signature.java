// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.auth;

import dev.clew.wire.auth.SignatureException.Problem;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.Parameters;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A request's signature as its sender states it.
 *
 * @param date when it was signed
 * @param lifetime how long a presigned request is good; null in the header form
 * @param signedHeaders names in lower case
 * @param token session token, or null
 * @param hex the signature itself
 */
record Signature(
        CredentialScope scope,
        Instant date,
        @Nullable Duration lifetime,
        List<String> signedHeaders,
        @Nullable String token,
        String hex) {
    private static final int MOST_PARAMETERS = 1_000;
    private static final long LONGEST_LIFETIME = 604_800;

    /** @throws SignatureException if the request has no signature or one that is not whole */
    static Signature of(HttpRequest request) {
        var authorization = request.headers().first("Authorization").orElse(null);
        if (authorization != null) {
            return ofHeader(request, authorization);
        }
        if (request.query().contains("X-Amz-Signature=") || request.query().contains("X-Amz-Algorithm=")) {
            return ofQuery(Parameters.parse(request.query(), MOST_PARAMETERS));
        }
        throw new SignatureException(Problem.MISSING, "Missing Authentication Token");
    }

    private static Signature ofHeader(HttpRequest request, String authorization) {
        int space = authorization.indexOf(' ');
        var algorithm = space < 0 ? authorization : authorization.substring(0, space);
        if (algorithm.startsWith("AWS4-") && !algorithm.equals(SigningKey.ALGORITHM)) {
            throw incomplete("Unsupported AWS 'algorithm'; expected " + SigningKey.ALGORITHM + '.');
        }
        var rest = algorithm.equals(SigningKey.ALGORITHM) && space > 0 ? authorization.substring(space + 1) : "";
        String credential = null;
        String signedHeaders = null;
        String hex = null;
        for (var part : rest.split(",", -1)) {
            var text = part.strip();
            int equals = text.indexOf('=');
            var value = text.substring(equals + 1);
            switch (text.substring(0, Math.max(equals, 0))) {
                case "Credential" -> credential = value;
                case "SignedHeaders" -> signedHeaders = value;
                case "Signature" -> hex = value;
                default -> {} // nothing else is defined
            }
        }
        var date = request.headers()
                .first("X-Amz-Date")
                .or(() -> request.headers().first("Date"))
                .orElse(null);
        var missing = new StringJoiner(" ");
        requires(missing, credential, "Authorization header requires 'Credential' parameter.");
        requires(missing, hex, "Authorization header requires 'Signature' parameter.");
        requires(missing, signedHeaders, "Authorization header requires 'SignedHeaders' parameter.");
        requires(missing, date, "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
        if (credential == null || signedHeaders == null || hex == null || date == null) {
            throw incomplete(missing.toString());
        }
        return new Signature(
                scope(credential),
                date(date),
                null,
                names(signedHeaders),
                request.headers().first("X-Amz-Security-Token").orElse(null),
                hex);
    }

    private static Signature ofQuery(Parameters query) {
        var algorithm = query.first("X-Amz-Algorithm");
        var credential = query.first("X-Amz-Credential");
        var signedHeaders = query.first("X-Amz-SignedHeaders");
        var hex = query.first("X-Amz-Signature");
        var date = query.first("X-Amz-Date");
        var expires = query.first("X-Amz-Expires");
        if (!SigningKey.ALGORITHM.equals(algorithm)) {
            throw incomplete("Unsupported AWS 'algorithm'; expected " + SigningKey.ALGORITHM + '.');
        }
        var missing = new StringJoiner(" ");
        requires(missing, credential, "AWS query-string parameters must include 'X-Amz-Credential'.");
        requires(missing, signedHeaders, "AWS query-string parameters must include 'X-Amz-SignedHeaders'.");
        requires(missing, hex, "AWS query-string parameters must include 'X-Amz-Signature'.");
        requires(missing, date, "AWS query-string parameters must include 'X-Amz-Date'.");
        if (credential == null || signedHeaders == null || hex == null || date == null) {
            throw incomplete(missing.toString());
        }
        return new Signature(
                scope(credential),
                date(date),
                lifetime(expires),
                names(signedHeaders),
                query.first("X-Amz-Security-Token"),
                hex);
    }

    private static void requires(StringJoiner missing, @Nullable String value, String message) {
        if (value == null) {
            missing.add(message);
        }
    }

    private static CredentialScope scope(String credential) {
        var scope = CredentialScope.parse(credential);
        if (scope.accessKeyId().isEmpty()) {
            throw incomplete("Credential must have exactly 5 slash-delimited elements,"
                    + " e.g. keyid/date/region/service/term.");
        }
        return scope;
    }

    private static List<String> names(String signedHeaders) {
        return List.of(signedHeaders.split(";", -1));
    }

    private static Instant date(String text) {
        try {
            return text.indexOf(' ') < 0
                    ? SigningKey.DATE.parse(text, Instant::from)
                    : DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
        } catch (DateTimeException e) {
            throw incomplete("Date must be in ISO-8601 'basic format'.");
        }
    }

    private static @Nullable Duration lifetime(@Nullable String expires) {
        if (expires == null) {
            return null;
        }
        try {
            long seconds = Long.parseLong(expires);
            if (seconds >= 1 && seconds <= LONGEST_LIFETIME) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            // the same answer as for a number out of range
        }
        throw incomplete("X-Amz-Expires must be a number of seconds from 1 to " + LONGEST_LIFETIME + '.');
    }

    private static SignatureException incomplete(String message) {
        return new SignatureException(Problem.INCOMPLETE, message);
    }
}
