// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.route;

import dev.clew.wire.ServiceBinding;
import dev.clew.wire.protocol.PathLabels;
import dev.clew.wire.protocol.WireProtocol;

/** Where a request leads, and the protocol in which it wants to be answered. */
public sealed interface Route {
    WireProtocol protocol();

    /** A bound operation. */
    record Served(ServedService service, WireProtocol protocol, ServiceBinding.Bound<?, ?> operation, PathLabels labels)
            implements Route {}

    /** An operation that the service declares unsupported. */
    record Unsupported(ServedService service, WireProtocol protocol, String operation, String reason)
            implements Route {}

    /** Nothing that we know. */
    record Unknown(WireProtocol protocol, int status, String message) implements Route {}
}
