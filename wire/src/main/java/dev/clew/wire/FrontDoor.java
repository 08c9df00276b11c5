// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire;

import dev.clew.core.IdSource;
import dev.clew.core.Scope;
import dev.clew.core.trace.TraceHeader;
import dev.clew.wire.auth.AuthMode;
import dev.clew.wire.auth.CredentialScope;
import dev.clew.wire.auth.CredentialStore;
import dev.clew.wire.auth.SignatureException;
import dev.clew.wire.auth.SignatureVerifier;
import dev.clew.wire.http.ContentEncoding;
import dev.clew.wire.http.HttpHandler;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import dev.clew.wire.http.Parameters;
import dev.clew.wire.protocol.WireError;
import dev.clew.wire.route.CommonErrors;
import dev.clew.wire.route.Route;
import dev.clew.wire.route.Router;
import dev.clew.wire.validation.Validator;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;

/**
 * The way into every service: route, verify the signature, decode, validate, call the handler, encode.
 *
 * <p>Every request gets an answer in the protocol it speaks, with a request id. Errors that a handler does not word as
 * {@link ServiceException} become {@code InternalFailure}; what went wrong goes to the log and not to the caller.
 * Requests for {@code execute-api} and function URLs are the server's to take before they come here. Safe for use by
 * many threads.
 */
public final class FrontDoor implements HttpHandler {
    private static final Logger LOG = System.getLogger(FrontDoor.class.getName());
    private static final URI UNNAMED_ENDPOINT = URI.create("http://localhost");

    private final Router router;
    private final CredentialStore credentials;
    private final AuthMode auth;
    private final SignatureVerifier verifier;
    private final IdSource ids;
    private final FrontDoorConfig config;

    /** @throws IllegalArgumentException if two services share an id, a target prefix or a signing name */
    public FrontDoor(
            List<ServiceBinding> services,
            CredentialStore credentials,
            AuthMode auth,
            InstantSource time,
            IdSource ids,
            FrontDoorConfig config) {
        this.router = new Router(services, config.limits());
        this.credentials = credentials;
        this.auth = auth;
        this.verifier = new SignatureVerifier(credentials, time, config.clockSkew());
        this.ids = ids;
        this.config = config;
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        var requestId = ids.nextUuid().toString();
        var scope = CredentialScope.of(request);
        var readable = ContentEncoding.undo(request, config.maxBodyBytes());
        Route route;
        try {
            route = router.route(readable, scope);
        } catch (Parameters.TooManyException e) {
            var stranger = router.stranger(ServiceModel.Protocol.AWS_QUERY);
            return stranger.error(CommonErrors.unmodelled(tooManyParameters(e)), requestId);
        }
        return serve(request, readable, route, scope, auth == AuthMode.VERIFY, requestId);
    }

    /**
     * Answers a request that can only be meant for one restJson service, such as one to the daemon's port. The listener
     * vouches for the caller: no signature is verified.
     *
     * @throws IllegalArgumentException if there is no such service
     */
    public HttpResponse handle(HttpRequest request, String serviceId) {
        var requestId = ids.nextUuid().toString();
        var readable = ContentEncoding.undo(request, config.maxBodyBytes());
        return serve(
                request, readable, router.routeTo(serviceId, readable), CredentialScope.of(request), false, requestId);
    }

    /** @param readable the request whose body is not compressed; what was signed is {@code request} */
    private HttpResponse serve(
            HttpRequest request,
            HttpRequest readable,
            Route route,
            CredentialScope scope,
            boolean verify,
            String requestId) {
        return switch (route) {
            case Route.Served served -> serve(request, readable, served, scope, verify, requestId);
            case Route.Unsupported unsupported -> refuse(request, unsupported, verify, requestId);
            case Route.Unknown unknown ->
                unknown.protocol()
                        .error(
                                CommonErrors.unmodelled(ServiceException.client(
                                        "UnknownOperationException", unknown.status(), unknown.message())),
                                requestId);
        };
    }

    private HttpResponse serve(
            HttpRequest request,
            HttpRequest readable,
            Route.Served route,
            CredentialScope scope,
            boolean verify,
            String requestId) {
        try {
            checkSize(readable, route);
            var caller = verify
                    ? verifier.verify(request, route.service().model().signingName())
                    : credentials.unverified(scope.accessKeyId());
            return answer(readable, route, route.operation(), call(request, caller, scope, requestId));
        } catch (ServiceException e) {
            return route.protocol().error(route.service().error(e), requestId);
        } catch (SignatureException e) {
            return route.protocol().error(e.error(route.protocol().kind()), requestId);
        } catch (Parameters.TooManyException e) {
            return route.protocol().error(route.service().error(tooManyParameters(e)), requestId);
        } catch (RuntimeException | Error e) {
            var name = route.service().model().id()
                    + ' '
                    + route.operation().model().name();
            LOG.log(Level.ERROR, name + " failed, request " + requestId, e);
            return route.protocol().error(internalFailure(requestId), requestId);
        }
    }

    /** What is served is nobody's business but a known caller's. */
    private HttpResponse refuse(HttpRequest request, Route.Unsupported route, boolean verify, String requestId) {
        try {
            if (verify) {
                verifier.verify(request, route.service().model().signingName());
            }
            return route.protocol().error(route.service().error(CommonErrors.notImplemented(route)), requestId);
        } catch (SignatureException e) {
            return route.protocol().error(e.error(route.protocol().kind()), requestId);
        }
    }

    private <I, O> HttpResponse answer(
            HttpRequest request, Route.Served route, ServiceBinding.Bound<I, O> bound, Call call) {
        var model = bound.model();
        I input = route.protocol().decode(model, request, route.labels());
        Validator.check(model.input(), input).ifPresent(message -> {
            var code = route.service().quirks().validationCodes().getOrDefault(model.name(), "ValidationException");
            throw ServiceException.client(code, 400, message);
        });
        var output = bound.handler().handle(input, call);
        return route.protocol().encode(model, output, call.requestId());
    }

    private void checkSize(HttpRequest request, Route.Served route) {
        var operation = route.operation().model().name();
        int limit = route.service().quirks().largeBodies().contains(operation)
                ? config.maxBodyBytes()
                : config.maxOrdinaryBodyBytes();
        if (request.body().length > limit) {
            throw ServiceException.client(
                    "RequestEntityTooLargeException",
                    413,
                    "Request must be smaller than " + limit + " bytes for the " + operation + " operation");
        }
    }

    private Call call(HttpRequest request, Call.Caller caller, CredentialScope scope, String requestId) {
        var account = caller.arn().account();
        var region = isRegion(scope.region()) ? scope.region() : config.region();
        var trace = request.headers().first(TraceHeader.NAME).flatMap(TraceHeader::parse);
        return new Call(
                requestId,
                new Scope(account.isEmpty() ? config.account() : account, region),
                caller,
                trace.orElse(null),
                request.headers(),
                endpoint(request),
                request.remoteAddress());
    }

    /** Stored keys begin with the region: nothing else may pose as one. */
    private static boolean isRegion(String text) {
        if (text.isEmpty() || text.length() > 32) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-')) {
                return false;
            }
        }
        return true;
    }

    private static URI endpoint(HttpRequest request) {
        var host = request.host();
        try {
            var endpoint = URI.create((request.secure() ? "https://" : "http://") + host);
            return endpoint.getRawPath().isEmpty() && endpoint.getHost() != null ? endpoint : UNNAMED_ENDPOINT;
        } catch (IllegalArgumentException e) {
            return UNNAMED_ENDPOINT;
        }
    }

    private static ServiceException tooManyParameters(Parameters.TooManyException e) {
        return ServiceException.client("SerializationException", 400, String.valueOf(e.getMessage()));
    }

    private static WireError internalFailure(String requestId) {
        return CommonErrors.unmodelled(ServiceException.server(
                "InternalFailure", 500, "The request failed on our side. Its id is " + requestId + '.'));
    }
}
