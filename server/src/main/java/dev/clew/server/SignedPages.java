// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.core.Scope;
import dev.clew.wire.auth.AuthMode;
import dev.clew.wire.auth.CredentialScope;
import dev.clew.wire.auth.CredentialStore;
import dev.clew.wire.auth.SignatureException;
import dev.clew.wire.auth.SignatureVerifier;
import dev.clew.wire.http.HttpHandler;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import java.util.function.BiFunction;
import tools.jackson.databind.json.JsonMapper;

/**
 * Guards what shows or takes traces and events but is no operation of a service, such as OTLP on the main port: where signatures
 * are verified, they are verified here too, for the service {@code xray}.
 */
final class SignedPages {
    private static final String SIGNING_NAME = "xray";

    private final CredentialStore credentials;
    private final SignatureVerifier verifier;
    private final AuthMode auth;
    private final Scope scope;

    /** @param scope account and region of requests that name none */
    SignedPages(CredentialStore credentials, SignatureVerifier verifier, AuthMode auth, Scope scope) {
        this.credentials = credentials;
        this.verifier = verifier;
        this.auth = auth;
        this.scope = scope;
    }

    /** A page that is told whose data a request is about. */
    HttpHandler page(
            BiFunction<HttpRequest, Scope, HttpResponse> page, BiFunction<HttpRequest, String, HttpResponse> denied) {
        return request -> {
            try {
                return page.apply(request, scope(request));
            } catch (SignatureException e) {
                return denied.apply(request, String.valueOf(e.getMessage()));
            }
        };
    }

    private Scope scope(HttpRequest request) {
        var signed = CredentialScope.of(request);
        var caller = auth == AuthMode.OPEN
                ? credentials.unverified(signed.accessKeyId())
                : verifier.verify(request, SIGNING_NAME);
        var account = caller.arn().account();
        var region = signed.region().matches("[a-z0-9-]{1,32}") ? signed.region() : scope.region();
        return new Scope(account.isEmpty() ? scope.account() : account, region);
    }

    /** A refusal in JSON. */
    static HttpResponse denied(HttpRequest request, String message) {
        return HttpResponse.text(
                403,
                "application/json",
                JsonMapper.shared().createObjectNode().put("message", message).toString());
    }
}
