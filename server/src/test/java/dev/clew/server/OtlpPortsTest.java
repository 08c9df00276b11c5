// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.clew.core.Scope;
import dev.clew.core.trace.TraceId;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.MemoryStore;
import dev.clew.traces.Traces;
import dev.clew.traces.TracesConfig;
import dev.clew.traces.otlp.OtlpCounters.Refusal;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The OpenTelemetry SDK's own exporters against the ports. */
class OtlpPortsTest {
    private static final Scope SCOPE = new Scope("111111111111", "us-east-1");
    private static final Instant START = ManualClock.START;

    private final Traces traces =
            new Traces(new MemoryStore(), new ManualClock(), new Random(1), TracesConfig.DEFAULTS);
    private final OtlpPorts ports = OtlpPorts.open(
            settings(Map.of("otlp-grpc-port", "0", "otlp-http-port", "0")), traces.otlp(), new HostGuard(Set.of()));

    private static Settings settings(Map<String, String> options) {
        return Settings.of(Map.of(), Map.of(), options, Path.of("."));
    }

    @AfterEach
    void close() {
        ports.close();
    }

    /** Spans of an order, made by the SDK. */
    private static List<SpanData> spans(int count) {
        var resource = Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "shop"));
        var spans = new ArrayList<SpanData>();
        try (var provider = SdkTracerProvider.builder().setResource(resource).build()) {
            var tracer = provider.get("orders", "1.0");
            var root = tracer.spanBuilder("GET /orders")
                    .setSpanKind(SpanKind.SERVER)
                    .setNoParent()
                    .setStartTimestamp(START)
                    .addLink(
                            SpanContext.create(
                                    "6a75f1a000000000000000000000beef",
                                    "00000000000000bb",
                                    TraceFlags.getSampled(),
                                    TraceState.builder().put("k", "v").build()),
                            Attributes.of(AttributeKey.stringKey("why"), "batch"))
                    .startSpan();
            for (int i = 1; i < count; i++) {
                var child = tracer.spanBuilder("work " + i)
                        .setParent(Context.root().with(root))
                        .setStartTimestamp(START.plusMillis(i))
                        .setAttribute(
                                "random",
                                Long.toHexString(new Random(i).nextLong()).repeat(5))
                        .startSpan();
                child.end(START.plusMillis(i + 1));
                spans.add(((ReadableSpan) child).toSpanData());
            }
            root.recordException(new IllegalStateException("no stock"));
            root.setStatus(StatusCode.ERROR, "no stock");
            root.setAttribute(AttributeKey.doubleArrayKey("prices"), List.of(1.5, 2.0));
            root.end(START.plusMillis(500));
            spans.add(((ReadableSpan) root).toSpanData());
        }
        return spans;
    }

    private SpanExporter http(String compression) {
        return OtlpHttpSpanExporter.builder()
                .setEndpoint("http://" + ports.http() + "/v1/traces")
                .setCompression(compression)
                .build();
    }

    private SpanExporter grpc(String compression) {
        return OtlpGrpcSpanExporter.builder()
                .setEndpoint("http://" + ports.grpc())
                .setCompression(compression)
                .build();
    }

    private static CompletableResultCode export(SpanExporter exporter, List<SpanData> spans) {
        try (exporter) {
            return exporter.export(spans).join(20, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http none", "http gzip", "grpc none", "grpc gzip"})
    void takesWhatTheSdkExports(String way) {
        var words = way.split(" ");
        var spans = spans(300); // more than one HTTP/2 frame, packed or not
        var result = export(words[0].equals("http") ? http(words[1]) : grpc(words[1]), spans);

        assertThat(result.getFailureThrowable()).isNull();
        assertThat(result.isSuccess()).isTrue();
        var read = read(spans.getLast().getTraceId());
        assertThat(read).hasSize(300);
        var root = Objects.requireNonNull(read.get(spans.getLast().getSpanId()));
        assertThat(root.path("name").asString()).isEqualTo("GET /orders");
        assertThat(root.path("kind").asInt()).isEqualTo(2);
        assertThat(root.path("status").path("message").asString()).isEqualTo("no stock");
        assertThat(root.path("events").path(0).path("name").asString()).isEqualTo("exception");
        assertThat(root.path("links").path(0).path("traceState").asString()).isEqualTo("k=v");
        assertThat(root.path("attributes")
                        .path(0)
                        .path("value")
                        .path("arrayValue")
                        .path("values"))
                .hasSize(2);
    }

    private Map<String, JsonNode> read(String traceId) {
        var id = TraceId.ofEither(traceId).orElseThrow();
        var byId = new HashMap<String, JsonNode>();
        JsonMapper.shared()
                .readTree(traces.otlp().read(SCOPE, id))
                .path("resourceSpans")
                .forEach(resource -> resource.path("scopeSpans")
                        .forEach(scope -> scope.path("spans")
                                .forEach(span -> byId.put(span.path("spanId").asString(), span))));
        return byId;
    }

    @Test
    void takesManyCallsOnOneConnection() {
        try (var exporter = grpc("gzip")) {
            for (int i = 0; i < 50; i++) {
                assertThat(exporter.export(spans(20)).join(20, TimeUnit.SECONDS).isSuccess())
                        .isTrue();
            }
        }
        assertThat(traces.otlp().counters().stored()).isEqualTo(1_000);
    }

    @Test
    void tellsAGrpcClientWhyItWasRefused() {
        var tooMuch = new ArrayList<SpanData>();
        var spans = spans(500);
        for (int i = 0; i < 60; i++) {
            tooMuch.addAll(spans);
        }
        var result = export(grpc("none"), tooMuch);

        assertThat(result.isSuccess()).isFalse();
        assertThat(String.valueOf(result.getFailureThrowable())).contains("GrpcExportException"); // it has an answer
        assertThat(traces.otlp().counters().refused(Refusal.TOO_LARGE)).isPositive();
        assertThat(traces.otlp().counters().stored()).isZero();
    }

    @Test
    void answersThePagesOfThisMachineOnly() throws IOException, InterruptedException {
        assertThat(post("http://localhost:3000").statusCode()).isEqualTo(200);
        assertThat(post("http://localhost:3000").headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue("http://localhost:3000");
        assertThat(post("https://evil.example").statusCode()).isEqualTo(403);
        assertThat(send("/v1/metrics", "POST", "http://localhost:3000").statusCode())
                .isEqualTo(404);
        var preflight = send("/v1/traces", "OPTIONS", "http://localhost:3000");
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValue("content-type, content-encoding");
    }

    private HttpResponse<String> post(String origin) throws IOException, InterruptedException {
        return send("/v1/traces", "POST", origin);
    }

    private HttpResponse<String> send(String path, String method, String origin)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://" + ports.http() + path))
                    .method(method, BodyPublishers.ofString("{}"))
                    .header("Content-Type", "application/json")
                    .header("Origin", origin)
                    .build();
            return client.send(request, BodyHandlers.ofString());
        }
    }

    @Test
    void namesThePortThatIsTaken() {
        var taken = ports.http().substring(ports.http().lastIndexOf(':') + 1);
        var settings = settings(Map.of("otlp-grpc-port", "0", "otlp-http-port", taken));
        assertThatIllegalStateException()
                .isThrownBy(() -> OtlpPorts.open(settings, traces.otlp(), new HostGuard(Set.of())))
                .withMessageContaining(
                        "the OTLP HTTP port " + taken + " is taken; choose another with --otlp-http-port");
    }
}
