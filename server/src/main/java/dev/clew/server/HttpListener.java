// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.wire.http.HttpHandler;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;

/** One listening socket that hands each request, read whole, to a handler on a virtual thread. */
final class HttpListener implements AutoCloseable {
    private static final String CONTENT_LENGTH = "content-length";
    private static final Duration GRACE = Duration.ofMillis(250);

    private final WebServer server;

    private HttpListener(WebServer server) {
        this.server = server;
    }

    /**
     * Listens on {@code address}:{@code port}.
     *
     * @param port 0 for a free one
     * @param maxBody bytes of the largest body read; a larger one is answered with 413
     */
    static HttpListener open(String name, InetAddress address, int port, int maxBody, HttpHandler handler) {
        return open(name, address, port, maxBody, handler, EventStreams.NONE);
    }

    /** The same with answers among those of {@code handler} that {@code streams} goes on with. */
    static HttpListener open(
            String name, InetAddress address, int port, int maxBody, HttpHandler handler, EventStreams streams) {
        var server = WebServer.builder()
                .address(address)
                .host(address.getHostAddress())
                .port(port)
                .name(name)
                .shutdownHook(false)
                .shutdownGracePeriod(GRACE)
                .connectionOptions(
                        socket -> socket.tcpNoDelay(true)) // or the last part of an answer waits for the client's ACK
                .maxPayloadSize(-1)
                .protocolsDiscoverServices(false) // not HTTP/2 by upgrade, which is tried by clients that need none
                .addProtocol(Http1Config.create())
                .contentEncoding(AsSent.context())
                .routing((HttpRouting.Builder routing) ->
                        routing.any((request, response) -> answer(request, response, maxBody, handler, streams)))
                .build()
                .start();
        if (!server.isRunning()) { // it only logs that it could not bind
            throw new IllegalStateException("cannot listen on " + address.getHostAddress() + ':' + port);
        }
        return new HttpListener(server);
    }

    /** The port really bound. */
    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static void answer(
            ServerRequest request, ServerResponse response, int maxBody, HttpHandler handler, EventStreams streams)
            throws IOException {
        byte[] body;
        try (var in = request.content().inputStream()) {
            body = read(in, maxBody);
        }
        if (body.length > maxBody) {
            send(
                    response,
                    HttpResponse.text(
                            413,
                            "application/json",
                            "{\"message\":\"Request must be smaller than " + maxBody + " bytes\"}"));
            return;
        }
        var answer = handler.handle(read(request, body));
        var stream = streams.claim(answer);
        if (stream.isPresent()) {
            head(response, answer);
            try (var out = response.outputStream()) {
                stream.get().write(out);
            }
        } else {
            send(response, answer);
        }
    }

    /** Everything up to one byte past the limit, which tells that there is more. */
    private static byte[] read(InputStream in, int maxBody) throws IOException {
        return in.readNBytes(maxBody + 1);
    }

    private static HttpRequest read(ServerRequest request, byte[] body) {
        var headers = HttpHeaders.builder();
        for (var header : request.headers()) {
            header.allValues().forEach(value -> headers.add(header.name(), value));
        }
        var prologue = request.prologue();
        return new HttpRequest(
                prologue.method().text().toUpperCase(Locale.ROOT),
                prologue.uriPath().rawPath(),
                prologue.query().rawValue(),
                headers.build(),
                body,
                request.remotePeer().host(),
                request.isSecure());
    }

    private static void send(ServerResponse response, HttpResponse answer) {
        head(response, answer);
        response.send(answer.body());
    }

    private static void head(ServerResponse response, HttpResponse answer) {
        response.status(Status.create(answer.status()));
        for (var name : answer.headers().names()) {
            if (!name.toLowerCase(Locale.ROOT).equals(CONTENT_LENGTH)) {
                response.header(
                        HeaderNames.create(name), answer.headers().all(name).toArray(String[]::new));
            }
        }
    }
}
