// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import dev.clew.wire.http.HttpHandler;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Serves packages to those who were given a link. A link carries a keyed hash that only this process can make, so it
 * cannot be guessed, and ends with the process.
 */
public final class CodeDownloads implements HttpHandler {
    /** Paths this handler answers begin so. */
    public static final String PREFIX = "/_clew/functions/";

    private static final Pattern PATH = Pattern.compile(Pattern.quote(PREFIX) + "([0-9a-f]{64})-([0-9a-f]{64})\\.zip");

    private final CodeStore codes;
    private final SecretKeySpec key;

    public CodeDownloads(CodeStore codes, SecureRandom random) {
        this.codes = codes;
        var secret = new byte[32];
        random.nextBytes(secret);
        key = new SecretKeySpec(secret, "HmacSHA256");
    }

    String link(URI endpoint, String codeId) {
        return endpoint + PREFIX + codeId + '-' + token(codeId) + ".zip";
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        var path = PATH.matcher(request.path());
        if (!request.method().equals("GET") || !path.matches() || !genuine(path.group(1), path.group(2))) {
            return HttpResponse.text(403, "text/plain", "This link is not valid, or no longer.\n");
        }
        return codes.zip(path.group(1))
                .map(zip -> new HttpResponse(200, HttpHeaders.of("Content-Type", "application/zip"), zip))
                .orElseGet(() -> HttpResponse.text(404, "text/plain", "The code is gone.\n"));
    }

    private boolean genuine(String codeId, String token) {
        return MessageDigest.isEqual(
                token.getBytes(StandardCharsets.US_ASCII), token(codeId).getBytes(StandardCharsets.US_ASCII));
    }

    private String token(String codeId) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(codeId.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
