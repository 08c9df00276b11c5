// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.run;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client of the proxy wants to reach.
 *
 * @param host lower case, without brackets
 * @param path path and query; "/" for tunnels
 */
record Target(String host, int port, String path) {
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");
    private static final int MAX_PORT = 65_535;

    /** The target {@code host:port}; null if it is none. */
    static @Nullable Target parse(String authority, int defaultPort) {
        var match = AUTHORITY.matcher(authority);
        if (!match.matches()) {
            return null;
        }
        int port = match.group(2) == null ? defaultPort : Integer.parseInt(match.group(2));
        var host = match.group(1).replace("[", "").replace("]", "").toLowerCase(Locale.ROOT);
        return port < 1 || port > MAX_PORT ? null : new Target(host, port, "/");
    }

    /** The target of a request in absolute form; null if {@code url} is no http address. */
    static @Nullable Target ofUrl(String url) {
        try {
            var uri = URI.create(url);
            if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getRawAuthority() == null) {
                return null;
            }
            var target = parse(uri.getRawAuthority(), 80);
            var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            var query = uri.getRawQuery() == null ? "" : '?' + uri.getRawQuery();
            return target == null ? null : new Target(target.host, target.port, path + query);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Whether this is meant for the cloud that Clew stands in for. */
    boolean ours() {
        return host.endsWith('.' + ConnectProxy.DOMAIN);
    }
}
