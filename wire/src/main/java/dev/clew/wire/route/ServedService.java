// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.route;

import dev.clew.wire.OperationModel;
import dev.clew.wire.ServiceBinding;
import dev.clew.wire.ServiceException;
import dev.clew.wire.ServiceModel;
import dev.clew.wire.ServiceModel.ErrorModel;
import dev.clew.wire.ServiceModel.Protocol;
import dev.clew.wire.protocol.PathLabels;
import dev.clew.wire.protocol.Quirks;
import dev.clew.wire.protocol.WireError;
import dev.clew.wire.protocol.WireProtocol;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One service, indexed for serving. Immutable, safe for use by many threads. */
public final class ServedService {
    private final ServiceModel model;
    private final ServiceBinding binding;
    private final Quirks quirks;
    private final Map<Protocol, WireProtocol> protocols = new EnumMap<>(Protocol.class);
    private final Map<String, String> reasons = new HashMap<>();
    private final Map<String, ErrorModel> errors = new HashMap<>();
    private final RestRoutes restRoutes = new RestRoutes();

    ServedService(ServiceBinding binding, WireProtocol.Limits limits) {
        this.model = binding.service();
        this.binding = binding;
        this.quirks = Quirks.of(model.id());
        for (var kind : model.protocols()) {
            protocols.put(kind, WireProtocol.of(kind, model, limits));
        }
        model.unsupported().forEach(operation -> reasons.put(operation.name(), operation.reason()));
        model.errors().forEach(error -> errors.put(error.name(), error));
        if (protocols.containsKey(Protocol.REST_JSON)) {
            for (OperationModel<?, ?> operation : model.operations()) {
                restRoutes.add(operation.method(), operation.uri(), operation.name());
            }
            for (var operation : model.unsupported()) {
                restRoutes.add(operation.method(), operation.uri(), operation.name());
            }
        }
    }

    public ServiceModel model() {
        return model;
    }

    public Quirks quirks() {
        return quirks;
    }

    Optional<WireProtocol> protocol(Protocol kind) {
        return Optional.ofNullable(protocols.get(kind));
    }

    /** The route to {@code operation}, or null if the model has none of this name. */
    @Nullable
    Route route(WireProtocol protocol, String operation, PathLabels labels) {
        var bound = binding.bound().get(operation);
        if (bound != null) {
            return new Route.Served(this, protocol, bound, labels);
        }
        var reason = reasons.get(operation);
        return reason == null ? null : new Route.Unsupported(this, protocol, operation, reason);
    }

    /** The route that method and path name in a restJson service, or null. */
    @Nullable
    Route rest(String method, String path, String query) {
        var protocol = protocols.get(Protocol.REST_JSON);
        if (protocol == null) {
            return null;
        }
        var match = restRoutes.find(method, path, query);
        return match == null ? null : route(protocol, match.operation(), match.labels());
    }

    /** How this service words {@code e}. */
    public WireError error(ServiceException e) {
        var modelled = errors.get(e.code());
        if (modelled == null) {
            return CommonErrors.unmodelled(e);
        }
        Map<String, Object> details = new LinkedHashMap<>();
        if (quirks.errorParty()) {
            details.put("Type", e.isServerFault() ? "Server" : "User");
        }
        if (quirks.errorCodeInBody()) {
            details.put("__type", e.code());
        }
        details.putAll(e.details());
        return new WireError(
                e.code(),
                modelled.queryCode(),
                e.status(),
                e.isServerFault(),
                modelled.messageMember(),
                e.message(),
                details);
    }

    @Override
    public String toString() {
        return "ServedService[" + model.id() + ']';
    }
}
