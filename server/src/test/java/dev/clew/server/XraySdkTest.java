// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.amazonaws.xray.AWSXRayRecorderBuilder;
import com.amazonaws.xray.strategy.sampling.CentralizedSamplingStrategy;
import com.amazonaws.xray.strategy.sampling.SamplingRequest;
import com.amazonaws.xray.strategy.sampling.SamplingResponse;
import dev.clew.core.Arn;
import dev.clew.core.IdSource;
import dev.clew.testkit.MemoryStore;
import dev.clew.traces.Traces;
import dev.clew.traces.TracesConfig;
import dev.clew.wire.Call;
import dev.clew.wire.FrontDoor;
import dev.clew.wire.FrontDoorConfig;
import dev.clew.wire.auth.AuthMode;
import dev.clew.wire.auth.CredentialStore;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The X-Ray SDKs for Python, Node.js and Java, unmodified, against the daemon's port: rules over TCP, segments over UDP. */
@Timeout(120)
class XraySdkTest {
    private final Random random = new Random(1);
    private final Traces traces = new Traces(new MemoryStore(), InstantSource.system(), random, TracesConfig.DEFAULTS);
    private final FrontDoor frontDoor = new FrontDoor(
            List.of(traces.binding()),
            new Anybody(),
            AuthMode.OPEN,
            InstantSource.system(),
            IdSource.random(InstantSource.system(), random),
            FrontDoorConfig.DEFAULTS);
    private final DaemonPort daemon = DaemonPort.open(
            Settings.of(Map.of(), Map.of(), Map.of("daemon-port", "0"), Path.of(".")),
            traces,
            request -> frontDoor.handle(request, "xray"));

    @AfterEach
    void close() {
        daemon.close();
    }

    private record Anybody() implements CredentialStore {
        @Override
        public Optional<Credential> find(String accessKeyId) {
            return Optional.empty();
        }

        @Override
        public Call.Caller unverified(String accessKeyId) {
            return new Call.Caller(Arn.of("iam", "", "111111111111", "user/test"), "AIDATEST", "AKIATEST");
        }
    }

    private HttpResponse call(String path, String body) {
        return frontDoor.handle(
                new HttpRequest(
                        "POST",
                        path,
                        "",
                        HttpHeaders.of("Content-Type", "application/json"),
                        body.getBytes(StandardCharsets.UTF_8),
                        "127.0.0.1",
                        false),
                "xray");
    }

    private void rule(String name, int priority, String path, double rate) {
        var answer = call("/CreateSamplingRule", """
            {"SamplingRule":{"RuleName":"%s","Priority":%d,"FixedRate":%s,"ReservoirSize":0,"ServiceName":"*",
            "ServiceType":"*","Host":"*","HTTPMethod":"*","URLPath":"%s","ResourceARN":"*","Version":1}}
            """.formatted(name, priority, rate, path));
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void pythonObeysTheRulesItFetchesThroughTheDaemon(@TempDir Path folder) throws IOException, InterruptedException {
        boolean there =
                run(List.of("python3", "-c", "import aws_xray_sdk"), folder).isPresent();
        assumeTrue(there || "true".equals(System.getenv("CI")), "python3 has no aws_xray_sdk");
        makeRules();
        var script = folder.resolve("sampled.py");
        try (var in = XraySdkTest.class.getResourceAsStream("sampled.py")) {
            Files.write(script, Objects.requireNonNull(in).readAllBytes());
        }

        check(run(List.of("python3", script.toString()), folder).orElseThrow());
    }

    @Test
    void nodeObeysTheRulesItFetchesThroughTheDaemon(@TempDir Path folder) throws IOException, InterruptedException {
        var sources = Path.of("src", "test", "node", "xray-sdk");
        for (var name : List.of("package.json", "package-lock.json", ".npmrc", "sampled.js")) {
            Files.copy(sources.resolve(name), folder.resolve(name));
        }
        boolean there = run(List.of("npm", "ci", "--prefer-offline", "--ignore-scripts"), folder)
                .isPresent();
        assumeTrue(there || "true".equals(System.getenv("CI")), "npm cannot install aws-xray-sdk-core");
        makeRules();

        check(run(List.of("node", "sampled.js"), folder).orElseThrow());
    }

    @Test
    void javaObeysTheRulesItFetchesThroughTheDaemon() {
        makeRules();
        System.setProperty("com.amazonaws.xray.emitters.daemonAddress", daemon.address());
        var strategy = new CentralizedSamplingStrategy();
        try {
            while (!strategy.shouldTrace(request("/orders/1")).getRuleName().equals(Optional.of("orders"))) {
                Thread.onSpinWait(); // it asks for the rules in the background, and decides by itself until they are
                // there
            }
            assertThat(Stream.generate(() -> strategy.shouldTrace(request("/health")))
                            .limit(200)
                            .filter(SamplingResponse::isSampled))
                    .isEmpty();
            assertThat(Stream.generate(() -> strategy.shouldTrace(request("/orders/1")))
                            .limit(200)
                            .filter(SamplingResponse::isSampled))
                    .hasSize(200);

            var recorder = AWSXRayRecorderBuilder.standard()
                    .withSamplingStrategy(strategy)
                    .build();
            var segment = recorder.beginSegment("shop");
            recorder.beginSubsegment("work");
            recorder.endSubsegment();
            recorder.endSegment();

            awaitStored();
            assertThat(document(segment.getTraceId().toString())).contains("\"work\"");
        } finally {
            strategy.shutdown();
            System.clearProperty("com.amazonaws.xray.emitters.daemonAddress");
        }
    }

    private static SamplingRequest request(String path) {
        return new SamplingRequest("shop", "shop.example", path, "GET", null);
    }

    private void makeRules() {
        rule("health", 10, "/health*", 0);
        rule("orders", 20, "/orders/*", 1);
    }

    /** What the scripts tell of the rules that {@link #makeRules} made. */
    private void check(String output) {
        var told = JsonMapper.shared().readTree(output);
        assertThat(told.path("rules").valueStream().map(JsonNode::asString))
                .containsExactly("health", "orders", "Default");
        assertThat(told.path("never").asInt()).isZero();
        assertThat(told.path("always").asInt()).isEqualTo(200);
        assertThat(told.path("quotas").path("orders").asInt(-1)).isZero();
        awaitStored();
        assertThat(document(told.path("trace").asString())).contains("\"work\"");
        var statistics = call("/SamplingStatisticSummaries", "{}").text();
        assertThat(statistics).contains("\"RuleName\":\"orders\"").contains("\"RequestCount\":200");
    }

    private void awaitStored() {
        while (daemon.counters().stored() == 0) {
            Thread.onSpinWait();
        }
    }

    private String document(String trace) {
        var answer = JsonMapper.shared()
                .readTree(call("/Traces", "{\"TraceIds\":[\"" + trace + "\"]}").body());
        return answer.path("Traces")
                .path(0)
                .path("Segments")
                .path(0)
                .path("Document")
                .asString("");
    }

    /** What the command prints; nothing if it fails or is not there. */
    private Optional<String> run(List<String> command, Path folder) throws InterruptedException {
        try {
            var builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(folder.resolve("errors.txt").toFile());
            builder.environment().put("AWS_XRAY_DAEMON_ADDRESS", daemon.address());
            builder.environment().put("AWS_DEFAULT_REGION", "us-east-1");
            var process = builder.start();
            var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() == 0) {
                return Optional.of(out);
            }
            System.err.println(Files.readString(folder.resolve("errors.txt")));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // no such program
        }
    }
}
