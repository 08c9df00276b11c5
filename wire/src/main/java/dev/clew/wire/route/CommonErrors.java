// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.route;

import dev.clew.wire.ServiceException;
import dev.clew.wire.protocol.WireError;
import java.util.Map;

/** Errors that every service may answer though no model names them. */
public final class CommonErrors {
    /** Codes that awsQuery services spell in their own way. */
    private static final Map<String, String> QUERY_CODES = Map.of(
            "AccessDeniedException", "AccessDenied",
            "SerializationException", "MalformedInput",
            "ThrottlingException", "Throttling",
            "UnknownOperationException", "InvalidAction",
            "ValidationException", "ValidationError");

    private CommonErrors() {}

    /** The wording of an error that no model names. */
    public static WireError unmodelled(ServiceException e) {
        return new WireError(
                e.code(),
                QUERY_CODES.getOrDefault(e.code(), e.code()),
                e.status(),
                e.isServerFault(),
                "message",
                e.message(),
                e.details());
    }

    /** A clear no to an operation that exists in the model but not here. */
    public static ServiceException notImplemented(Route.Unsupported route) {
        return ServiceException.server(
                "NotImplemented",
                501,
                route.service().model().title() + ' ' + route.operation() + " is not supported here: "
                        + route.reason());
    }
}
