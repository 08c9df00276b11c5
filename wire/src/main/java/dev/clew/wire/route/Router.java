// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.route;

import dev.clew.wire.ServiceBinding;
import dev.clew.wire.ServiceModel;
import dev.clew.wire.ServiceModel.Protocol;
import dev.clew.wire.auth.CredentialScope;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.Parameters;
import dev.clew.wire.protocol.PathLabels;
import dev.clew.wire.protocol.WireProtocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the operation that a request means: by {@code X-Amz-Target}, by an RPC v2 path, by a form's {@code Action}, and
 * at last by method and path. Immutable, safe for use by many threads.
 */
public final class Router {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String RPC_PATH = "/service/";
    private static final String RPC_OPERATION = "/operation/";

    private final Map<String, ServedService> byId = new HashMap<>();
    private final Map<String, ServedService> byTarget = new HashMap<>();
    private final Map<String, ServedService> bySigningName = new HashMap<>();
    private final Map<String, List<ServedService>> byVersion = new HashMap<>();
    private final List<ServedService> rest = new ArrayList<>();
    private final Map<Protocol, WireProtocol> strangers = new HashMap<>();
    private final WireProtocol.Limits limits;

    public Router(List<ServiceBinding> bindings, WireProtocol.Limits limits) {
        this.limits = limits;
        var nobody = new ServiceModel("", "", List.of(), "", "", "", "", "", List.of(), List.of(), List.of());
        for (var kind : Protocol.values()) {
            strangers.put(kind, WireProtocol.of(kind, nobody, limits));
        }
        for (var binding : bindings) {
            var service = new ServedService(binding, limits);
            var model = binding.service();
            put(byId, model.id(), service);
            put(bySigningName, model.signingName(), service);
            if (!model.targetPrefix().isEmpty()) {
                put(byTarget, model.targetPrefix(), service);
            }
            if (service.protocol(Protocol.AWS_QUERY).isPresent()) {
                byVersion
                        .computeIfAbsent(model.apiVersion(), key -> new ArrayList<>(1))
                        .add(service);
            }
            if (service.protocol(Protocol.REST_JSON).isPresent()) {
                rest.add(service);
            }
        }
    }

    private static void put(Map<String, ServedService> map, String key, ServedService service) {
        if (map.put(key, service) != null) {
            throw new IllegalArgumentException("two services share '" + key + "'");
        }
    }

    /** @param scope of the request's signature; {@link CredentialScope#NONE} if it is not signed */
    public Route route(HttpRequest request, CredentialScope scope) {
        var target = request.headers().first("X-Amz-Target").orElse("");
        if (!target.isEmpty()) {
            return byTarget(target);
        }
        if (request.headers().first("smithy-protocol").orElse("").equals("rpc-v2-cbor")) {
            return byRpcPath(request.path());
        }
        var signer = bySigningName.get(scope.service());
        var form = form(request, signer);
        if (form != null) {
            var action = form.first("Action");
            if (action != null) {
                return byAction(action, String.valueOf(form.first("Version")), signer);
            }
        }
        return byPath(request, scope, signer);
    }

    /** Like {@link #route}, for a listener that belongs to one restJson service. */
    public Route routeTo(String serviceId, HttpRequest request) {
        var service = byId.get(serviceId);
        if (service == null) {
            throw new IllegalArgumentException("service: '" + serviceId + "' (expected: one of " + byId.keySet() + ')');
        }
        var route = service.rest(request.method(), request.path(), request.query());
        return route == null ? noPath(request, service) : route;
    }

    // ---- awsJson

    private Route byTarget(String target) {
        int dot = target.lastIndexOf('.');
        var service = byTarget.get(target.substring(0, Math.max(dot, 0)));
        var protocol =
                service == null ? null : service.protocol(Protocol.AWS_JSON).orElse(null);
        if (service == null || protocol == null) {
            return unknown(stranger(Protocol.AWS_JSON), 400, "No service here has the target " + shortened(target));
        }
        var operation = target.substring(dot + 1);
        var route = service.route(protocol, operation, PathLabels.NONE);
        return route == null ? unknownOperation(service, protocol, operation) : route;
    }

    // ---- RPC v2

    private Route byRpcPath(String path) {
        int start = path.indexOf(RPC_PATH);
        int middle = start < 0 ? -1 : path.indexOf(RPC_OPERATION, start);
        if (middle < 0) {
            return unknown(stranger(Protocol.RPC_V2_CBOR), 404, "No operation in the path " + shortened(path));
        }
        var name = path.substring(start + RPC_PATH.length(), middle);
        var service = byTarget.get(name);
        var protocol =
                service == null ? null : service.protocol(Protocol.RPC_V2_CBOR).orElse(null);
        if (service == null || protocol == null) {
            return unknown(stranger(Protocol.RPC_V2_CBOR), 404, "No service here is called " + shortened(name));
        }
        var operation = path.substring(middle + RPC_OPERATION.length());
        var route = service.route(protocol, operation, PathLabels.NONE);
        return route == null ? unknownOperation(service, protocol, operation) : route;
    }

    // ---- awsQuery

    /** The form or query string that may name an action, or null. */
    private @Nullable Parameters form(HttpRequest request, @Nullable ServedService signer) {
        if (signer != null && signer.protocol(Protocol.AWS_QUERY).isEmpty()) {
            return null;
        }
        if (request.body().length == 0) {
            return request.query().contains("Action=") ? parse(request.query()) : null;
        }
        var contentType = request.headers().first("Content-Type").orElse("");
        return contentType.regionMatches(true, 0, FORM, 0, FORM.length()) ? parse(request.text()) : null;
    }

    private Parameters parse(String form) {
        return Parameters.parse(form, limits.parameters());
    }

    private Route byAction(String action, String version, @Nullable ServedService signer) {
        var candidates = signer == null ? byVersion.getOrDefault(version, List.of()) : List.of(signer);
        for (var service : candidates) {
            var protocol = service.protocol(Protocol.AWS_QUERY).orElseThrow();
            var route = service.route(protocol, action, PathLabels.NONE);
            if (route != null) {
                return route;
            }
        }
        var protocol = candidates.size() == 1
                ? candidates.getFirst().protocol(Protocol.AWS_QUERY).orElseThrow()
                : stranger(Protocol.AWS_QUERY);
        return unknown(
                protocol, 400, "Could not find operation " + shortened(action) + " for version " + shortened(version));
    }

    // ---- restJson

    private Route byPath(HttpRequest request, CredentialScope scope, @Nullable ServedService signer) {
        if (signer != null) {
            var route = signer.rest(request.method(), request.path(), request.query());
            return route == null ? noPath(request, signer) : route;
        }
        if (!scope.service().isEmpty()) {
            return unknown(
                    stranger(Protocol.REST_JSON),
                    404,
                    "No service here signs as '" + shortened(scope.service()) + '\'');
        }
        Route only = null;
        for (var service : rest) {
            var route = service.rest(request.method(), request.path(), request.query());
            if (route != null && only != null) {
                return unknown(
                        stranger(Protocol.REST_JSON),
                        400,
                        "Several services have this path: sign the request to say which is meant");
            }
            only = route == null ? only : route;
        }
        return only == null ? noPath(request, null) : only;
    }

    private Route noPath(HttpRequest request, @Nullable ServedService service) {
        var protocol = service == null
                ? stranger(Protocol.REST_JSON)
                : service.protocol(Protocol.REST_JSON)
                        .orElse(stranger(service.model().protocols().getFirst()));
        var owner = service == null ? "" : " in " + service.model().title();
        return unknown(
                protocol, 404, "No operation" + owner + " for " + request.method() + ' ' + shortened(request.path()));
    }

    // ---- the unknown

    private static Route unknownOperation(ServedService service, WireProtocol protocol, String operation) {
        return unknown(protocol, 400, service.model().title() + " has no operation " + shortened(operation));
    }

    private static Route unknown(WireProtocol protocol, int status, String message) {
        return new Route.Unknown(protocol, status, message);
    }

    /** A protocol for requests to services that we do not know. */
    public WireProtocol stranger(Protocol kind) {
        return Objects.requireNonNull(strangers.get(kind));
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }
}
