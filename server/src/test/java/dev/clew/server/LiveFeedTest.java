// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.Scope;
import dev.clew.core.trace.TraceId;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.MemoryStore;
import dev.clew.traces.Traces;
import dev.clew.traces.TracesConfig;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class LiveFeedTest {
    private static final Scope SCOPE = new Scope("111111111111", "us-east-1");
    private static final long SECOND = ManualClock.START.getEpochSecond();

    private final LiveFeed feed = new LiveFeed();
    private final Traces traces =
            new Traces(new MemoryStore(), new ManualClock(), new Random(1), TracesConfig.DEFAULTS);
    private final HttpListener listener = HttpListener.open(
            "test", InetAddress.getLoopbackAddress(), 0, 1_000, request -> feed.open(request, SCOPE), feed);

    LiveFeedTest() {
        traces.watch(feed);
        traces.start();
    }

    @AfterEach
    void close() {
        feed.close();
        listener.close();
        traces.close();
    }

    private static String document(int number, String more) {
        return "{\"id\":\"0000000000000001\",\"name\":\"shop\",\"trace_id\":\"%s\",\"start_time\":%d%s}"
                .formatted(TraceId.of(SECOND, 1, number), SECOND, more);
    }

    private BufferedReader watch(HttpClient client) throws IOException, InterruptedException {
        var request = java.net.http.HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + "/"))
                .build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        assertThat(lines.readLine()).isEqualTo(": connected");
        return lines;
    }

    private static String next(BufferedReader lines) throws IOException {
        var line = lines.readLine();
        while (line != null && !line.startsWith("data: ")) {
            line = lines.readLine();
        }
        return String.valueOf(line).substring("data: ".length());
    }

    @Test
    void tellsEveryClientOfATraceOnceItIsComplete() throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient();
                var first = watch(client);
                var second = watch(client)) {
            traces.sink().write(SCOPE, List.of(document(1, ",\"in_progress\":true")));
            traces.sink().write(SCOPE, List.of(document(2, ",\"end_time\":" + SECOND + ".25,\"fault\":true")));
            for (var lines : List.of(first, second)) {
                var event = JsonMapper.shared().readTree(next(lines));
                assertThat(event.path("id").asString())
                        .isEqualTo(TraceId.of(SECOND, 1, 2).text());
                assertThat(event.path("time").asDouble()).isEqualTo(SECOND);
                assertThat(event.path("duration").asDouble()).isEqualTo(0.25);
                assertThat(event.path("outcome").asString()).isEqualTo("fault");
                assertThat(event.path("name").asString()).isEqualTo("shop");
            }
            feed.close(); // ends the bodies, or the client would never close
        }
    }

    @Test
    void keepsOtherAccountsAndRegionsOut() throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient();
                var lines = watch(client)) {
            traces.sink()
                    .write(new Scope("222222222222", "us-east-1"), List.of(document(1, ",\"end_time\":" + SECOND)));
            traces.sink().write(SCOPE, List.of(document(2, ",\"end_time\":" + SECOND)));
            assertThat(next(lines)).contains(TraceId.of(SECOND, 1, 2).text());
            feed.close();
        }
    }

    @Test
    void countsWhatASlowClientMissesAndDoesNotWait() {
        var request = new HttpRequest("GET", "/", "", HttpHeaders.EMPTY, new byte[0], "127.0.0.1", false);
        assertThat(feed.open(request, SCOPE).status()).isEqualTo(200);
        for (int i = 0; i < 300; i++) {
            traces.sink().write(SCOPE, List.of(document(i, ",\"end_time\":" + SECOND)));
        }
        traces.close(); // brings every digest up to date

        assertThat(feed.missed()).isEqualTo(300 - 256);
    }

    @Test
    void refusesMoreClientsThanItServes() {
        var request = new HttpRequest("GET", "/", "", HttpHeaders.EMPTY, new byte[0], "127.0.0.1", false);
        for (int i = 0; i < 64; i++) {
            assertThat(feed.open(request, SCOPE).status()).isEqualTo(200);
        }
        assertThat(feed.open(request, SCOPE).status()).isEqualTo(503);
    }

    @Test
    void metricsNameEveryReason() {
        var ports = Settings.of(
                Map.of(),
                Map.of(),
                Map.of("otlp-grpc-port", "0", "otlp-http-port", "0", "daemon-port", "0"),
                Path.of("."));
        try (var daemon = DaemonPort.open(
                ports, traces, request -> dev.clew.wire.http.HttpResponse.empty(404, HttpHeaders.EMPTY))) {
            var text = MetricsPage.of(daemon.counters(), traces.otlp().counters(), feed, Optional.empty())
                    .text();
            assertThat(text)
                    .contains("traces_daemon_datagrams_dropped_total{reason=\"queue_full\"} 0\n")
                    .contains("traces_otlp_spans_rejected_total{reason=\"bad_time\"} 0\n")
                    .contains("traces_otlp_requests_refused_total{reason=\"malformed\"} 0\n")
                    .contains("# TYPE live_clients gauge\n")
                    .endsWith("# EOF\n");
        }
    }
}
