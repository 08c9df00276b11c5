// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that is healthy, answers paths as told, and remembers who asked for what. */
public final class FakeServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    public FakeServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
        answers.put(
                "/_clew/health",
                "{\"status\":\"ok\",\"version\":\"9.9\",\"endpoint\":\"" + url()
                        + "\",\"daemon\":\"127.0.0.1:2000\",\"region\":\"eu-west-3\",\"account\":\"111111111111\",\"auth\":\"open\"}");
    }

    public FakeServer answering(String path, String body) {
        answers.put(path, body);
        return this;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** {@code METHOD host path body} of each request but those for health. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (!path.startsWith("/_clew/")) {
                requests.add(String.join(
                        " ",
                        exchange.getRequestMethod(),
                        exchange.getRequestHeaders().getFirst("Host"),
                        path,
                        body));
            }
            var answer = answers.get(path);
            var bytes = (answer == null ? "{}" : answer).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer == null ? 404 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
