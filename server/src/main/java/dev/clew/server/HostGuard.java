// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.wire.http.HttpRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses requests that a web page may have made a browser send: those with a Host that is not ours (a rebound name) and
 * those whose Origin is foreign. Without it, any page that a developer visits could create a function on loopback.
 */
final class HostGuard {
    /** Suffixes under which clients of AWS address us: through the proxy of {@code clew run}, or on loopback. */
    private static final List<String> SUFFIXES =
            List.of(".localhost", ".amazonaws.com", ".amazonaws.com.cn", ".on.aws", ".api.aws");

    private final Set<String> names;

    /** @param more further names, in lower case */
    HostGuard(Set<String> more) {
        this.names = Set.copyOf(more);
    }

    /** Whether the Host header names this server; an absent one (HTTP/1.0) passes, no browser sends that. */
    boolean ours(HttpRequest request) {
        return request.host().isEmpty() || known(hostName(request.host()));
    }

    /** Whether the request comes from no page, or from one that this server or this machine serves. */
    boolean localOrigin(HttpRequest request) {
        var origin = request.headers().first("Origin").orElse("");
        if (origin.isEmpty()) {
            return true;
        }
        try {
            var host = URI.create(origin).getHost();
            return host != null && known(host.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean known(String name) {
        return name.equals("localhost")
                || name.equals("127.0.0.1")
                || name.equals("[::1]")
                || names.contains(name)
                || SUFFIXES.stream().anyMatch(name::endsWith);
    }

    /** The Host header without its port, in lower case. */
    static String hostName(String host) {
        int colon = host.lastIndexOf(':');
        var name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
        return name.toLowerCase(Locale.ROOT);
    }
}
