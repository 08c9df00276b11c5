// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.core.Scope;
import dev.clew.traces.otlp.OtlpGrpc;
import dev.clew.traces.otlp.OtlpHttp;
import dev.clew.traces.otlp.OtlpReceiver;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import java.util.function.Supplier;

/** The two ports at which OpenTelemetry's exporters look for a collector: gRPC, and HTTP. Like the daemon's, unsigned. */
final class OtlpPorts implements AutoCloseable {
    private static final int MAX_BODY = 6 << 20;

    private final GrpcListener grpc;
    private final HttpListener http;
    private final String host;

    private OtlpPorts(GrpcListener grpc, HttpListener http, String host) {
        this.grpc = grpc;
        this.http = http;
        this.host = host;
    }

    /** @throws IllegalStateException if a port is taken */
    static OtlpPorts open(Settings settings, OtlpReceiver receiver, HostGuard guard) {
        var scope = new Scope(settings.account(), settings.region());
        var grpc = open(
                "gRPC",
                settings.otlpGrpcPort(),
                "--otlp-grpc-port",
                () -> GrpcListener.open(
                        "otlp-grpc", settings.bind(), settings.otlpGrpcPort(), new OtlpGrpc(receiver, scope)));
        try {
            var page = new Page(guard, new OtlpHttp(receiver), scope);
            var http = open(
                    "HTTP",
                    settings.otlpHttpPort(),
                    "--otlp-http-port",
                    () -> HttpListener.open(
                            "otlp-http", settings.bind(), settings.otlpHttpPort(), MAX_BODY, page::handle));
            var host = settings.bind().isAnyLocalAddress()
                    ? "127.0.0.1"
                    : settings.bind().getHostAddress();
            return new OtlpPorts(grpc, http, host);
        } catch (RuntimeException e) {
            grpc.close();
            throw e;
        }
    }

    private static <T> T open(String protocol, int port, String option, Supplier<T> listener) {
        try {
            return listener.get();
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "the OTLP " + protocol + " port " + port + " is taken; choose another with " + option, e);
        }
    }

    /** {@code host:port} of the gRPC port. */
    String grpc() {
        return host + ':' + grpc.port();
    }

    /** {@code host:port} of the HTTP port. */
    String http() {
        return host + ':' + http.port();
    }

    @Override
    public void close() {
        http.close();
        grpc.close();
    }

    /** What the HTTP port answers: one signal, also to the instrumented pages of this machine. */
    private record Page(HostGuard guard, OtlpHttp otlp, Scope scope) {
        HttpResponse handle(HttpRequest request) {
            if (!guard.ours(request) || !guard.localOrigin(request)) {
                return otlp.denied(request, "pages of other origins may not send spans");
            }
            if (!request.path().equals(OtlpHttp.PATH)) {
                return HttpResponse.text(
                        404, "application/json", "{\"code\":12,\"message\":\"only traces are taken, at /v1/traces\"}");
            }
            var origin = request.headers().first("Origin");
            var answer = request.method().equals("OPTIONS") && origin.isPresent()
                    ? HttpResponse.empty(
                            204,
                            HttpHeaders.of(
                                    "Access-Control-Allow-Methods",
                                    "POST",
                                    "Access-Control-Allow-Headers",
                                    "content-type, content-encoding",
                                    "Access-Control-Max-Age",
                                    "600"))
                    : otlp.handle(request, scope);
            return origin.isEmpty()
                    ? answer
                    : new HttpResponse(
                            answer.status(),
                            answer.headers().toBuilder()
                                    .set("Access-Control-Allow-Origin", origin.get())
                                    .set("Vary", "Origin")
                                    .build(),
                            answer.body());
        }
    }
}
