// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.auth;

import dev.clew.wire.Call;
import dev.clew.wire.auth.SignatureException.Problem;
import dev.clew.wire.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Verifies Signature Version 4, in the Authorization header or in a presigned query. Any region will do; the service
 * must be the one called. Safe for use by many threads.
 */
public final class SignatureVerifier {
    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    private static final String MISMATCH =
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret"
                    + " Access Key and signing method. Consult the service documentation for details.";
    private static final String INVALID_TOKEN = "The security token included in the request is invalid.";

    private final CredentialStore credentials;
    private final InstantSource time;
    private final Duration skew;

    /** @param skew how far a signature's date may be from {@code time} */
    public SignatureVerifier(CredentialStore credentials, InstantSource time, Duration skew) {
        this.credentials = credentials;
        this.time = time;
        this.skew = skew;
    }

    /**
     * Who signed {@code request}.
     *
     * @param signingName of the service that the request is for
     * @throws SignatureException if nobody we know did
     */
    public Call.Caller verify(HttpRequest request, String signingName) {
        var signature = Signature.of(request);
        var credential = credentials
                .find(signature.scope().accessKeyId())
                .orElseThrow(() -> new SignatureException(Problem.UNKNOWN_KEY, INVALID_TOKEN));
        checkScope(signature, signingName);
        var now = time.instant();
        checkDate(signature, now);
        checkSignedHeaders(request, signature);
        checkSignature(request, signature, credential.secretAccessKey());
        checkToken(signature.token(), credential, now);
        return credential.caller();
    }

    private static void checkScope(Signature signature, String signingName) {
        var scope = signature.scope();
        if (!scope.terminator().equals(SigningKey.TERMINATOR)) {
            throw mismatch("Credential should be scoped with a valid terminator: 'aws4_request'.");
        }
        if (scope.region().isEmpty()) {
            throw mismatch("Credential should be scoped to a valid region.");
        }
        if (!scope.service().equals(signingName)) {
            throw mismatch("Credential should be scoped to correct service: '" + signingName + "'.");
        }
        if (!SigningKey.DATE.format(signature.date()).startsWith(scope.date())
                || scope.date().length() != 8) {
            throw mismatch("Date in Credential scope does not match YYYYMMDD from the date of the request.");
        }
    }

    private void checkDate(Signature signature, Instant now) {
        var date = signature.date();
        var lifetime = signature.lifetime() == null ? skew : signature.lifetime();
        var earliest = now.minus(lifetime);
        if (date.isBefore(earliest)) {
            throw mismatch("Signature expired: " + text(date) + " is now earlier than " + text(earliest) + " ("
                    + text(now) + " - " + minutes(lifetime) + " min.)");
        }
        var latest = now.plus(skew);
        if (date.isAfter(latest)) {
            throw mismatch("Signature not yet current: " + text(date) + " is still later than " + text(latest) + " ("
                    + text(now) + " + " + minutes(skew) + " min.)");
        }
    }

    private static String text(Instant instant) {
        return SigningKey.DATE.format(instant);
    }

    private static long minutes(Duration duration) {
        return duration.toMinutes();
    }

    /** What is not signed could have been changed on the way. */
    private static void checkSignedHeaders(HttpRequest request, Signature signature) {
        if (!signature.signedHeaders().contains("host")) {
            throw mismatch("'Host' must be a 'SignedHeader' in the AWS Authorization.");
        }
        for (var name : request.headers().names()) {
            var lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("x-amz-") && !signature.signedHeaders().contains(lower)) {
                throw mismatch("'" + lower + "' must be a 'SignedHeader' in the AWS Authorization.");
            }
        }
    }

    private static void checkSignature(HttpRequest request, Signature signature, String secret) {
        var payloadHash = payloadHash(request);
        var normalized = CanonicalRequest.normalized(request.path());
        if (matches(request, signature, secret, normalized, payloadHash)) {
            return;
        }
        var asSent = CanonicalRequest.asSent(request.path());
        if (asSent.equals(normalized) || !matches(request, signature, secret, asSent, payloadHash)) {
            throw mismatch(MISMATCH);
        }
    }

    private static boolean matches(
            HttpRequest request, Signature signature, String secret, String path, String payloadHash) {
        var canonical = CanonicalRequest.of(request, path, signature.signedHeaders(), payloadHash);
        return equal(signature.hex(), SigningKey.signature(secret, signature.scope(), signature.date(), canonical));
    }

    /** An unsigned payload is taken over TLS only, where nobody can have changed it. */
    private static String payloadHash(HttpRequest request) {
        var declared = request.headers().first("x-amz-content-sha256").orElse("");
        if (declared.equals(UNSIGNED) && request.secure()) {
            return UNSIGNED;
        }
        if (declared.startsWith("STREAMING-")) {
            throw new SignatureException(Problem.INCOMPLETE, "Chunked payload signatures are not supported.");
        }
        var computed = SigningKey.sha256(request.body());
        if (!declared.isEmpty() && !equal(declared, computed)) {
            throw mismatch("The provided 'x-amz-content-sha256' header does not match what was computed.");
        }
        return computed;
    }

    private static void checkToken(@Nullable String token, CredentialStore.Credential credential, Instant now) {
        var expected = credential.sessionToken();
        if (expected == null ? token != null : token == null || !equal(token, expected)) {
            throw new SignatureException(Problem.UNKNOWN_KEY, INVALID_TOKEN);
        }
        if (credential.expiration() != null && !now.isBefore(credential.expiration())) {
            throw new SignatureException(
                    Problem.EXPIRED_TOKEN, "The security token included in the request is expired");
        }
    }

    private static boolean equal(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    private static SignatureException mismatch(String message) {
        return new SignatureException(Problem.MISMATCH, message);
    }
}
