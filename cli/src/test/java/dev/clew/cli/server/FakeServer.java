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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that is healthy, answers paths as told, and remembers who asked for what. */
public final class FakeServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> operations = new CopyOnWriteArrayList<>();

    public FakeServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
        answers.put(
                "/_clew/health",
                "{\"status\":\"ok\",\"version\":\"9.9\",\"endpoint\":\"" + url()
                        + "\",\"daemon\":\"127.0.0.1:2000\",\"region\":\"eu-west-3\",\"account\":\"111111111111\",\"auth\":\"open\"}");
    }

    /** @param operation an {@code X-Amz-Target}, a form's {@code Action}, {@code METHOD path}, or a path */
    public FakeServer answering(String operation, String body) {
        answers.put(operation, body);
        return this;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** {@code METHOD host path body} of each request but those for health. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** What each request asked for, as {@link #answering} names it. */
    public List<String> operations() {
        return List.copyOf(operations);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var host = exchange.getRequestHeaders().getFirst("Host");
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var operation = operation(exchange, path, body);
            if (!path.startsWith("/_clew/")) {
                requests.add(String.join(" ", exchange.getRequestMethod(), host, path, body));
                operations.add(operation);
            }
            var answer = answers.getOrDefault(operation, answers.get(path));
            var bytes = (answer == null ? "{}" : answer).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("X-Amzn-Trace-Id", "Root=1-6a75c1b4-5a1e0b3c4d5e6f708192a3b4");
            exchange.sendResponseHeaders(answer == null ? 404 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String operation(HttpExchange exchange, String path, String body) {
        var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (target != null) {
            return target;
        }
        return body.startsWith("Action=")
                ? body.substring("Action=".length(), body.indexOf('&'))
                : exchange.getRequestMethod() + ' ' + path;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
