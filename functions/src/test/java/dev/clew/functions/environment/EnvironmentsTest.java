// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Environments as real processes: their clock is the real one, their bounds are generous. */
@NullUnmarked
class EnvironmentsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TRACE = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    @TempDir
    Path folder;

    private final LinkedBlockingQueue<String> output = new LinkedBlockingQueue<>();
    private Environments environments;
    private RuntimeApiServer server;

    @BeforeEach
    void open() {
        open(true);
    }

    private void open(boolean defaultLayer) {
        environments = new Environments(
                new EnvironmentsConfig(
                        folder.resolve("environments"),
                        defaultLayer,
                        folder.resolve("layer"),
                        false,
                        List.of(),
                        Path.of("java"),
                        System.getenv()),
                InstantSource.system());
        server = new RuntimeApiServer(environments.runtimeApi());
        environments.start(new Endpoints("http://127.0.0.1:1", server.address(), "127.0.0.1:2"));
    }

    @AfterEach
    void close() {
        environments.close();
        server.close();
    }

    @Test
    void runsOneInvocationAfterTheOtherInOneProcess() throws Exception {
        needPython();
        try (var environment = python("""
            import os
            count = 0
            def handler(event, context):
                global count
                count += 1
                print("hello", context.aws_request_id)
                return {"count": count, "event": event, "trace": os.environ["_X_AMZN_TRACE_ID"], "home": os.environ.get("HOME")}
            """)) {
            assertThat(environment.awaitInit(PATIENCE)).isInstanceOf(InitResult.Ready.class);
            assertThat(text(environment.invoke(work("r1", "{\"a\":1}"), PATIENCE)))
                    .isEqualTo("{\"count\": 1, \"event\": {\"a\": 1}, \"trace\": \"" + TRACE + "\", \"home\": null}");
            assertThat(text(environment.invoke(work("r2", "[]"), PATIENCE))).startsWith("{\"count\": 2");
            assertThat(output.poll(10, TimeUnit.SECONDS)).isEqualTo("hello r1");
            assertThat(environment.peakMemory()).isPresent();
            assertThat(environment.awaitReady(PATIENCE)).isTrue();
        }
    }

    @Test
    void anExceptionIsAFailureWithItsStackAndACauseForTheTrace() throws Exception {
        needPython();
        try (var environment = python("def handler(event, context):\n    raise ValueError('bad ' + event)\n")) {
            var failure = (WorkResult.Failure) environment.invoke(work("r1", "\"luck\""), PATIENCE);
            assertThat(failure.errorType()).isEqualTo("ValueError");
            assertThat(new String(failure.payload(), StandardCharsets.UTF_8))
                    .contains("\"errorMessage\": \"bad luck\"", "\"requestId\": \"r1\"", "line 2, in handler");
            assertThat(failure.cause()).contains("\"exceptions\"", "index.py");
            assertThat(output.poll(10, TimeUnit.SECONDS)).startsWith("[ERROR] ValueError: bad luck\nTraceback");
            assertThat(environment.invoke(work("r2", "\"x\""), PATIENCE)).isInstanceOf(WorkResult.Failure.class);
        }
    }

    @Test
    void aHandlerThatCannotBeLoadedFailsTheInit() throws Exception {
        needPython();
        for (var expected : Map.of(
                        "absent.handler", "Unable to import module 'absent': No module named 'absent'",
                        "index.absent", "Handler 'absent' missing on module 'index'",
                        "nodot", "Bad handler 'nodot'")
                .entrySet()) {
            try (var environment = launch("python3.12", expected.getKey(), Map.of(), "index.py", "x = 1\n")) {
                var failed = (InitResult.Failed) environment.awaitInit(PATIENCE);
                assertThat(new String(failed.payload(), StandardCharsets.UTF_8)).contains(expected.getValue());
            }
        }
    }

    @Test
    void withoutTheDefaultLayerTheSdkIsMissingAsInTheOriginal() throws Exception {
        needPython();
        close();
        open(false);
        try (var environment = launch(
                "python3.12",
                "order-service.handler",
                Map.of(),
                "order-service.py",
                "from aws_xray_sdk.core import patch_all\n")) {
            var failed = (InitResult.Failed) environment.awaitInit(PATIENCE);
            assertThat(new String(failed.payload(), StandardCharsets.UTF_8))
                    .contains("Unable to import module 'order-service': No module named 'aws_xray_sdk'");
        }
    }

    @Test
    void aTimeoutEndsTheProcess() throws Exception {
        needPython();
        try (var environment = python("import time\ndef handler(event, context):\n    time.sleep(3600)\n")) {
            assertThat(environment.awaitInit(PATIENCE)).isInstanceOf(InitResult.Ready.class);
            assertThat(environment.invoke(work("r1", "{}"), Duration.ofMillis(300)))
                    .isInstanceOf(WorkResult.TimedOut.class);
            assertThat(environment.alive()).isFalse();
        }
    }

    @Test
    void anExitIsNoticedWithItsStatus() throws Exception {
        needPython();
        try (var environment = python("import os\ndef handler(event, context):\n    os._exit(7)\n")) {
            assertThat(environment.invoke(work("r1", "{}"), PATIENCE))
                    .isInstanceOfSatisfying(
                            WorkResult.Exited.class,
                            exited -> assertThat(exited.status()).isEqualTo(7));
        }
    }

    @Test
    void onlyTheOwnersVariablesAndOursAreThere() throws Exception {
        needPython();
        try (var environment = launch(
                "python3.12",
                "index.handler",
                Map.of("MINE", "1", "AWS_REGION", "elsewhere"),
                "index.py",
                "import os\ndef handler(event, context):\n    return dict(os.environ)\n")) {
            assertThat(text(environment.invoke(work("r1", "{}"), PATIENCE)))
                    .contains(
                            "\"MINE\": \"1\"",
                            "\"AWS_REGION\": \"eu-west-1\"",
                            "\"_HANDLER\": \"index.handler\"",
                            "\"LAMBDA_TASK_ROOT\"")
                    .doesNotContain("\"HOME\"", "JAVA_HOME", "MAVEN");
        }
    }

    @Test
    void nodeHandlersRun() throws Exception {
        assumeTrue(
                Executables.find("node", System.getenv()).isPresent() || "true".equals(System.getenv("CI")),
                "node is not installed");
        try (var environment = launch(
                "nodejs22.x",
                "index.handler",
                Map.of(),
                "index.mjs",
                "export const handler = async (event) => { if (event.fail) throw new TypeError('no'); return { got:"
                        + " event }; };\n")) {
            assertThat(text(environment.invoke(work("r1", "{\"a\":1}"), PATIENCE)))
                    .isEqualTo("{\"got\":{\"a\":1}}");
            var failure = (WorkResult.Failure) environment.invoke(work("r2", "{\"fail\":true}"), PATIENCE);
            assertThat(failure.errorType()).isEqualTo("TypeError");
        }
    }

    @Test
    void aRuntimeThatIsNotHereSaysWhatToDo() {
        assertThatExceptionOfType(CannotStartException.class)
                .isThrownBy(() -> launch("ruby3.3", "a.b", Map.of(), "a.rb", ""))
                .withMessageContaining("ruby3.3")
                .withMessageContaining("provided.al2023");
    }

    @Test
    void aRequestForAnotherEnvironmentIsRefused() {
        var request = new HttpRequest(
                "GET",
                "/guess/2018-06-01/runtime/invocation/next",
                "",
                HttpHeaders.EMPTY,
                new byte[0],
                "127.0.0.1",
                false);
        assertThat(environments.runtimeApi().handle(request).status()).isEqualTo(403);
    }

    private void needPython() {
        assumeTrue(
                PythonInterpreter.find(System.getenv()).isPresent() || "true".equals(System.getenv("CI")),
                "python3 is not installed");
    }

    private Environment python(String code) throws Exception {
        return launch("python3.12", "index.handler", Map.of(), "index.py", code);
    }

    private Environment launch(String runtime, String handler, Map<String, String> variables, String file, String code)
            throws CannotStartException, IOException {
        var task = Files.createTempDirectory(folder, "task");
        Files.writeString(task.resolve(file), code);
        return environments.launch(
                new Launch(
                        "f",
                        "$LATEST",
                        "arn:aws:lambda:eu-west-1:111111111111:function:f",
                        handler,
                        runtime,
                        128,
                        Duration.ofSeconds(3),
                        variables,
                        task,
                        "eu-west-1",
                        "/aws/lambda/f",
                        "2026/08/07/[$LATEST]0",
                        null),
                line -> output.add(line.text()));
    }

    private static Work work(String requestId, String payload) {
        return new Work(
                requestId,
                payload.getBytes(StandardCharsets.UTF_8),
                "arn:aws:lambda:eu-west-1:111111111111:function:f",
                Instant.parse("2100-01-01T00:00:00Z"),
                TRACE,
                null);
    }

    private static String text(WorkResult result) {
        return switch (result) {
            case WorkResult.Success success -> new String(success.payload(), StandardCharsets.UTF_8);
            case WorkResult.Failure failure ->
                throw new AssertionError(new String(failure.payload(), StandardCharsets.UTF_8));
            case WorkResult.TimedOut timedOut -> throw new AssertionError(timedOut);
            case WorkResult.Exited exited -> throw new AssertionError(exited);
        };
    }
}
