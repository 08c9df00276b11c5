// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.server;

import dev.clew.cli.ExitCodes;
import dev.clew.cli.Problem;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import tools.jackson.core.JacksonException;

/**
 * Where a server is reached.
 *
 * @param uri scheme http or https, a host, no path
 */
public record Endpoint(URI uri) {
    /** The server's default address. */
    public static final Endpoint DEFAULT = new Endpoint(URI.create("http://127.0.0.1:4566"));

    private static final int PATIENCE_MILLIS = 2_000;
    private static final int MAX_HEALTH_BYTES = 65_536;

    /**
     * The endpoint that {@code url} spells.
     *
     * @throws Problem if it is not an http or https address
     */
    public static Endpoint parse(String url) {
        try {
            var uri = URI.create(url.strip());
            var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null) {
                return new Endpoint(new URI(scheme, null, uri.getHost(), uri.getPort(), null, null, null));
            }
        } catch (IllegalArgumentException | URISyntaxException e) {
            // told below, in the same words
        }
        throw new Problem(
                "The endpoint '" + url + "' is not an address.",
                "Write it like http://127.0.0.1:4566, in --endpoint or CLEW_ENDPOINT.",
                ExitCodes.USAGE);
    }

    public String text() {
        return uri.toString();
    }

    public String host() {
        return uri.getHost();
    }

    public int port() {
        return uri.getPort() >= 0 ? uri.getPort() : secure() ? 443 : 80;
    }

    private boolean secure() {
        return "https".equals(uri.getScheme());
    }

    /** A new connection, over TLS if the scheme says so. */
    public Socket connect(int patienceMillis) throws IOException {
        var socket = secure() ? SSLSocketFactory.getDefault().createSocket() : new Socket();
        try {
            socket.connect(new InetSocketAddress(host(), port()), patienceMillis);
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** What the server says about itself; nothing if no Clew answers within two seconds. */
    public Optional<Health> health() {
        HttpURLConnection connection = null;
        try {
            connection =
                    (HttpURLConnection) uri.resolve("/_clew/health").toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            try (var body = connection.getInputStream()) {
                return Optional.of(Health.parse(body.readNBytes(MAX_HEALTH_BYTES)));
            }
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }

    /**
     * What the server says about itself.
     *
     * @throws Problem if no Clew answers
     */
    public Health requireHealth() {
        return health().orElseThrow(() -> new Problem(
                "No Clew answers at " + text() + ".",
                "Start one with `clew start`, or name another with --endpoint or CLEW_ENDPOINT.",
                ExitCodes.UNREACHABLE));
    }
}
