// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions;

import static dev.clew.functions.Api.python;
import static dev.clew.functions.Api.tracing;
import static dev.clew.functions.Api.zipped;
import static dev.clew.functions.Lab.json;
import static dev.clew.functions.Lab.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clew.testkit.MemoryStore;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions of every kind that runs here, as real processes. */
@NullUnmarked
class RuntimesTest {
    @TempDir
    Path folder;

    private Lab lab;

    @BeforeEach
    void open() {
        lab = new Lab(new MemoryStore(), folder.resolve("lab"), UnaryOperator.identity());
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void pythonIsToldWhatTheOriginalTells() {
        lab.create(python("f", """
            import os
            def handler(event, context):
                return {
                    "remaining": context.get_remaining_time_in_millis(),
                    "context": [context.function_name, context.function_version, context.memory_limit_in_mb,
                                context.invoked_function_arn, context.log_group_name],
                    "environment": dict(os.environ),
                    "cwd": os.getcwd(),
                }
            """).timeout(20).environment(Api.variables(Map.of("TZ", "Europe/Berlin", "MINE", "1"))));
        var told = json(lab.invoke("f", "{}"));
        assertThat(told.path("remaining").asInt()).isBetween(15_000, 20_000);
        assertThat(told.path("context").toString())
                .isEqualTo("[\"f\",\"$LATEST\",\"128\",\"arn:aws:lambda:us-east-1:111111111111:function:f\","
                        + "\"/aws/lambda/f\"]");
        var environment = told.path("environment");
        assertThat(environment.path("TZ").asString()).isEqualTo("Europe/Berlin");
        assertThat(environment.path("AWS_SESSION_TOKEN").asString()).isEqualTo("token-of-f");
        assertThat(environment.path("AWS_XRAY_DAEMON_ADDRESS").asString()).isEqualTo("127.0.0.1:2");
        assertThat(environment.path("_AWS_XRAY_DAEMON_PORT").asString()).isEqualTo("2");
        assertThat(environment.path("LAMBDA_TASK_ROOT").asString())
                .isEqualTo(told.path("cwd").asString());
        assertThat(environment.propertyStream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(
                        "_HANDLER",
                        "_X_AMZN_TRACE_ID",
                        "AWS_REGION",
                        "AWS_DEFAULT_REGION",
                        "AWS_EXECUTION_ENV",
                        "AWS_LAMBDA_FUNCTION_NAME",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                        "AWS_LAMBDA_FUNCTION_VERSION",
                        "AWS_LAMBDA_INITIALIZATION_TYPE",
                        "AWS_LAMBDA_LOG_GROUP_NAME",
                        "AWS_LAMBDA_LOG_STREAM_NAME",
                        "AWS_LAMBDA_RUNTIME_API",
                        "AWS_ACCESS_KEY_ID",
                        "AWS_SECRET_ACCESS_KEY",
                        "AWS_SESSION_TOKEN",
                        "AWS_XRAY_CONTEXT_MISSING",
                        "AWS_XRAY_DAEMON_ADDRESS",
                        "_AWS_XRAY_DAEMON_ADDRESS",
                        "_AWS_XRAY_DAEMON_PORT",
                        "LAMBDA_TASK_ROOT",
                        "LAMBDA_RUNTIME_DIR",
                        "LANG",
                        "LC_CTYPE",
                        "TZ",
                        "SHLVL",
                        "PWD",
                        "PATH",
                        "LD_LIBRARY_PATH",
                        "PYTHONPATH",
                        "TMPDIR",
                        "AWS_ENDPOINT_URL",
                        "MINE");
    }

    @Test
    void javaRunsOnTheVendorsClient() throws Exception {
        lab.create(zipped("j", java("""
            package shop;
            import com.amazonaws.services.lambda.runtime.Context;
            import java.util.Map;
            public class Order {
                public Map<String, Object> handle(Map<String, Object> event, Context context) {
                    if (event.containsKey("fail")) {
                        throw new IllegalStateException("no");
                    }
                    System.out.println("hello");
                    return Map.of("id", context.getAwsRequestId(), "trace",
                        String.valueOf(System.getProperty("com.amazonaws.xray.traceHeader")));
                }
            }
            """))
                .runtime("java21")
                .handler("shop.Order::handle")
                .memorySize(256)
                .timeout(30)
                .tracingConfig(tracing("Active")));
        var answer = json(lab.invoke("j", "{}"));
        assertThat(answer.path("id").asString()).as(answer.toString()).isEqualTo(Api.REQUEST_ID);
        assertThat(answer.path("trace").asString()).startsWith("Root=1-").endsWith(";Sampled=1");
        assertThat(lab.logs).anyMatch(line -> line.endsWith(" hello\n"));

        lab.document("AWS::Lambda::Function", "j");
        lab.documents.clear();

        var failure = lab.invoke("j", "{\"fail\": 1}");
        assertThat(json(failure).path("errorType").asString()).isEqualTo("java.lang.IllegalStateException");
        assertThat(lab.document("AWS::Lambda::Function", "j").path("fault").asBoolean())
                .isTrue();
    }

    /** A package with the classes of {@code source} at its root, as the original wants it. */
    private byte[] java(String source) throws Exception {
        var file = Files.writeString(
                Files.createDirectories(folder.resolve("src/shop")).resolve("Order.java"), source);
        var out = Files.createDirectories(folder.resolve("out"));
        var compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        out.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        file.toString());
        assertThat(compiled).isZero();
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("shop/Order.class"));
            zip.write(Files.readAllBytes(out.resolve("shop/Order.class")));
        }
        return bytes.toByteArray();
    }

    @Test
    void nodeRunsModulesOfBothKindsAndCallbacks() {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/node")) || "true".equals(System.getenv("CI")),
                "node is not installed");
        lab.create(zipped("esm", Zips.of("index.mjs", "export const handler = async (event) => ({got: event});"))
                .runtime("nodejs20.x")
                .handler("index.handler")
                .timeout(20));
        lab.create(zipped(
                        "cjs",
                        Zips.of(
                                "index.js",
                                "exports.handler = (event, context, done) => done(null, context.functionName);"))
                .runtime("nodejs20.x")
                .handler("index.handler")
                .timeout(20));
        assertThat(text(lab.invoke("esm", "{\"a\":1}"))).isEqualTo("{\"got\":{\"a\":1}}");
        assertThat(text(lab.invoke("cjs", "{}"))).isEqualTo("\"cjs\"");
    }

    @Test
    void aBootstrapOfItsOwnSpeaksTheRuntimeApi() {
        lab.create(zipped("own", Zips.of("bootstrap", """
            #!/usr/bin/env python3
            import os, urllib.request
            base = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
            while True:
                with urllib.request.urlopen(base + "next") as work:
                    body, request_id = work.read(), work.headers["Lambda-Runtime-Aws-Request-Id"]
                urllib.request.urlopen(base + request_id + "/response", data=body[::-1]).close()
            """))
                .runtime("provided.al2023")
                .handler("any")
                .timeout(20));
        assertThat(text(lab.invoke("own", "123"))).isEqualTo("321");
        assertThat(text(lab.invoke("own", "45"))).isEqualTo("54");
    }

    @Test
    void aTimeoutEndsWhatTheFunctionStarted() throws Exception {
        var pid = folder.resolve("pid");
        lab.create(python("f", """
            import os, subprocess, time
            def handler(event, context):
                child = subprocess.Popen(["sleep", "600"])
                with open(event, "w") as file:
                    file.write(str(child.pid))
                time.sleep(600)
            """).timeout(1));
        lab.invoke("f", "\"" + pid + "\"");
        var child = ProcessHandle.of(Long.parseLong(Files.readString(pid)));
        Eventually.holds(() -> child.isEmpty() || !child.get().isAlive());
    }

    @Test
    void closingEndsEveryProcess() {
        lab.create(python("f", "import os\ndef handler(event, context):\n    return os.getpid()\n")
                .timeout(20));
        var process =
                ProcessHandle.of(Long.parseLong(text(lab.invoke("f", "{}")))).orElseThrow();
        assertThat(process.isAlive()).isTrue();
        lab.functions.close();
        Eventually.holds(() -> !process.isAlive());
    }
}
