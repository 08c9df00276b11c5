// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unmodified clients, wherever they are installed; required when {@code CI=true}. */
class RealClientTest {
    private final MetricServer server = MetricServer.start();

    @TempDir
    Path folder;

    private final HttpServer http;

    RealClientTest() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void listen() {
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::answer);
        http.start();
    }

    @AfterEach
    void close() {
        http.stop(0);
        server.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var headers = HttpHeaders.builder();
        exchange.getRequestHeaders().forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
        var uri = exchange.getRequestURI();
        var response = server.send(new HttpRequest(
                exchange.getRequestMethod(),
                uri.getRawPath(),
                uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                headers.build(),
                exchange.getRequestBody().readAllBytes(),
                "127.0.0.1",
                false));
        response.headers()
                .names()
                .forEach(name -> exchange.getResponseHeaders()
                        .put(name, response.headers().all(name)));
        exchange.sendResponseHeaders(response.status(), response.body().length == 0 ? -1 : response.body().length);
        exchange.getResponseBody().write(response.body());
        exchange.close();
    }

    private String endpoint() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    @Test
    void boto3CallsEveryOperation() throws Exception {
        need("boto3", "python3", "-c", "import boto3");
        var script = folder.resolve("metrics.py");
        try (var source = Objects.requireNonNull(RealClientTest.class.getResourceAsStream("metrics.py"))) {
            Files.copy(source, script);
        }
        assertThat(run("python3", script.toString(), endpoint())).isEqualTo("done\n");
    }

    @Test
    void theAwsCliPutsAndAsks() throws Exception {
        need("the AWS CLI", "aws", "--version");
        aws("put-metric-data", "--namespace", "Shop", "--metric-name", "Orders", "--value", "3");
        var name = aws("list-metrics", "--namespace", "Shop", "--query", "Metrics[0].MetricName", "--output", "text");
        assertThat(name).isEqualTo("Orders\n");
    }

    private String aws(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("aws", "--endpoint-url", endpoint(), "cloudwatch"));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private static void need(String what, String... command) throws InterruptedException {
        boolean there;
        try {
            there = new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            there = false;
        }
        assertThat(there || !"true".equals(System.getenv("CI")))
                .as("%s is mandatory when CI=true", what)
                .isTrue();
        assumeTrue(there, what + " is not installed");
    }

    /** What the program printed; fails if it failed. */
    private String run(String... command) throws Exception {
        var out = folder.resolve("out");
        var err = folder.resolve("err");
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().put("AWS_ACCESS_KEY_ID", "test");
        builder.environment().put("AWS_SECRET_ACCESS_KEY", "test");
        builder.environment().put("AWS_DEFAULT_REGION", "us-east-1");
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        builder.environment().put("NO_PROXY", "127.0.0.1");
        var process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("%s ends", List.of(command))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(() -> text(err)).isZero();
        return text(out);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
