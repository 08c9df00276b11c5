// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.traces.otlp.OtlpGrpc;
import dev.clew.wire.http.PercentEncoding;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http2.Http2Config;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;

/**
 * One listening socket for unary gRPC calls: HTTP/2 without negotiation, each call on a virtual thread, its message read
 * whole, its status in the trailers.
 */
final class GrpcListener implements AutoCloseable {
    private static final HeaderName STATUS = HeaderNames.create("grpc-status");
    private static final HeaderName MESSAGE = HeaderNames.create("grpc-message");
    private static final HeaderName ENCODING = HeaderNames.create("grpc-encoding");
    private static final HeaderName ACCEPTED = HeaderNames.create("grpc-accept-encoding");
    private static final String CONTENT_TYPE = "application/grpc";
    private static final Duration GRACE = Duration.ofMillis(250);
    private static final int CALLS_PER_CONNECTION = 100;

    private final WebServer server;

    private GrpcListener(WebServer server) {
        this.server = server;
    }

    /**
     * Listens on {@code address}:{@code port}.
     *
     * @param port 0 for a free one
     */
    static GrpcListener open(String name, InetAddress address, int port, OtlpGrpc calls) {
        var server = WebServer.builder()
                .address(address)
                .host(address.getHostAddress())
                .port(port)
                .name(name)
                .shutdownHook(false)
                .shutdownGracePeriod(GRACE)
                .connectionOptions(socket -> socket.tcpNoDelay(true))
                .maxPayloadSize(-1)
                .protocolsDiscoverServices(false)
                .addProtocol(Http2Config.builder()
                        .maxConcurrentStreams(CALLS_PER_CONNECTION)
                        .build())
                .routing((HttpRouting.Builder routing) ->
                        routing.any((request, response) -> answer(request, response, calls)))
                .build()
                .start();
        if (!server.isRunning()) { // it only logs that it could not bind
            throw new IllegalStateException("cannot listen on " + address.getHostAddress() + ':' + port);
        }
        return new GrpcListener(server);
    }

    /** The port really bound. */
    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static void answer(ServerRequest request, ServerResponse response, OtlpGrpc calls) throws IOException {
        var type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        if (!type.startsWith(CONTENT_TYPE)) {
            response.status(415).send();
            return;
        }
        byte[] body;
        try (var in = request.content().inputStream()) {
            body = in.readNBytes(calls.maxBody() + 1);
        }
        var encoding = request.headers().first(ENCODING).orElse("");
        var answer = calls.call(request.prologue().uriPath().rawPath(), encoding, body);
        response.header(HeaderNames.CONTENT_TYPE, CONTENT_TYPE);
        response.header(ACCEPTED, "gzip");
        response.header(HeaderNames.TRAILER, STATUS.defaultCase());
        response.trailers().set(STATUS, String.valueOf(answer.status()));
        if (!answer.message().isEmpty()) {
            response.trailers().set(MESSAGE, PercentEncoding.encode(answer.message()));
        }
        response.send(answer.body());
    }
}
