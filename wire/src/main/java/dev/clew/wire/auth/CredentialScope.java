// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.auth;

import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.PercentEncoding;

/**
 * What a signature's credential says of the request: {@code AKID/20260807/us-east-1/events/aws4_request}.
 *
 * @param accessKeyId "" if the request is not signed
 * @param date as written, or ""
 * @param region as written, or ""
 * @param service signing name as written, or ""
 * @param terminator as written, or ""
 */
public record CredentialScope(String accessKeyId, String date, String region, String service, String terminator) {
    /** Of a request that is not signed. */
    public static final CredentialScope NONE = new CredentialScope("", "", "", "", "");

    private static final String CREDENTIAL = "Credential=";
    private static final String QUERY_CREDENTIAL = "X-Amz-Credential=";

    /** The scope in the Authorization header or the presigned query; {@link #NONE} for anything else. Never throws. */
    public static CredentialScope of(HttpRequest request) {
        var authorization = request.headers().first("Authorization").orElse("");
        if (authorization.startsWith("AWS4-")) {
            int start = authorization.indexOf(CREDENTIAL);
            return start < 0 ? NONE : parse(until(authorization, start + CREDENTIAL.length(), ','));
        }
        int start = ('&' + request.query()).indexOf('&' + QUERY_CREDENTIAL);
        return start < 0
                ? NONE
                : parse(PercentEncoding.decodeForm(until(request.query(), start + QUERY_CREDENTIAL.length(), '&')));
    }

    private static String until(String text, int start, char end) {
        int stop = text.indexOf(end, start);
        return text.substring(start, stop < 0 ? text.length() : stop);
    }

    /** Signatures for several regions (SigV4A) name none: their credential has four parts. */
    static CredentialScope parse(String credential) {
        var parts = credential.strip().split("/", -1);
        return switch (parts.length) {
            case 5 -> new CredentialScope(parts[0], parts[1], parts[2], parts[3], parts[4]);
            case 4 -> new CredentialScope(parts[0], parts[1], "", parts[2], parts[3]);
            default -> NONE;
        };
    }
}
