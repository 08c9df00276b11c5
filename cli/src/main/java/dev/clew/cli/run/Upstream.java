// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.run;

import dev.clew.cli.server.MessageHead;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The way to the rest of the world: direct, or through the proxy that this process inherited. */
final class Upstream {
    private static final int CONNECT_PATIENCE_MILLIS = 10_000;
    private static final int DEFAULT_PROXY_PORT = 8080;

    private final @Nullable URI proxy;

    private Upstream(@Nullable URI proxy) {
        this.proxy = proxy;
    }

    static Upstream direct() {
        return new Upstream(null);
    }

    /** What {@code https_proxy} says; direct if it says nothing that we understand. */
    static Upstream inherited(Map<String, String> environment) {
        var text = environment.getOrDefault("https_proxy", environment.getOrDefault("HTTPS_PROXY", ""));
        try {
            var uri = URI.create(text.contains("://") ? text : "http://" + text);
            return text.isEmpty() || uri.getHost() == null ? direct() : new Upstream(uri);
        } catch (IllegalArgumentException e) {
            return direct();
        }
    }

    /** A connection over which {@code host} can be spoken to. */
    Socket connect(String host, int port) throws IOException {
        var socket = new Socket();
        try {
            if (proxy == null) {
                socket.connect(new InetSocketAddress(host, port), CONNECT_PATIENCE_MILLIS);
                return socket;
            }
            int proxyPort = proxy.getPort() >= 0 ? proxy.getPort() : DEFAULT_PROXY_PORT;
            socket.connect(new InetSocketAddress(proxy.getHost(), proxyPort), CONNECT_PATIENCE_MILLIS);
            socket.setSoTimeout(CONNECT_PATIENCE_MILLIS);
            ask(socket, proxy, host + ':' + port);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static void ask(Socket socket, URI proxy, String target) throws IOException {
        var request = new StringBuilder("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n");
        if (proxy.getUserInfo() != null) {
            var login = Base64.getEncoder().encodeToString(proxy.getUserInfo().getBytes(StandardCharsets.UTF_8));
            request.append("Proxy-Authorization: Basic ").append(login).append("\r\n");
        }
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        var head = MessageHead.read(socket.getInputStream());
        if (head == null || !head.startLine().matches("HTTP/1\\.[01] 2[0-9][0-9].*")) {
            throw new IOException("the inherited proxy refused a tunnel");
        }
    }
}
