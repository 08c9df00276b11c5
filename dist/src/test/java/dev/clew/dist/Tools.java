// SPDX-License-Identifier: Apache-2.0
package dev.clew.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The optional programs that tests with real clients need: required when {@code CI=true}, else used where they are. */
final class Tools {
    private static final Path ROOT = Path.of(System.getProperty("clew.root"));
    static final Path RECIPE = ROOT.resolve("examples/src/main/recipe/recipe.sh");
    static final Path RECIPE_AS_PUBLISHED = ROOT.resolve("examples/src/main/recipe/recipe-as-published.sh");

    private Tools() {}

    /** What a program said. */
    record Output(int exit, String out, String err) {}

    /** Python with boto3 and the X-Ray SDK, or the test is skipped (outside CI). */
    static void needPython() {
        need("python3 with boto3 and aws_xray_sdk", succeeds("python3", "-c", "import boto3, aws_xray_sdk"));
    }

    /** The AWS CLI, or the test is skipped (outside CI). */
    static void needAwsCli() {
        need("the AWS CLI", succeeds("aws", "--version"));
    }

    /** Node.js and the modules of the package in {@code folder}, or the test is skipped (outside CI). */
    static void needNode(Path folder) {
        need(
                "node with the modules of " + folder,
                Files.isDirectory(folder.resolve("node_modules")) && succeeds("node", "--version"));
    }

    private static void need(String what, boolean there) {
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as("%s is mandatory when CI=true", what).isTrue();
        }
        assumeTrue(there, what + " is not installed");
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Runs {@code order_system.py} against {@code server} and reads its answer; fails if it fails. */
    static JsonNode orderSystem(RunningServer server, Object... arguments) {
        var command = orderSystemCommand(arguments);
        var output = run(environment(server), ROOT, 120, command);
        assertThat(output.exit()).as("%s\n%s", command, output.err()).isZero();
        return JsonMapper.shared().readTree(output.out());
    }

    /** Runs {@code script} against {@code server} and reads what it saw; fails if it fails. */
    static JsonNode python(RunningServer server, String script, String... arguments) {
        var command = new ArrayList<>(List.of(
                "python3", ROOT.resolve("dist/src/test/python").resolve(script).toString()));
        command.addAll(List.of(arguments));
        var output = run(environment(server), ROOT, 120, command);
        assertThat(output.exit()).as("%s\n%s", command, output.err()).isZero();
        return JsonMapper.shared().readTree(output.out());
    }

    /** Runs {@code event_sources.py} against {@code server} and reads what it saw; fails if it fails. */
    static JsonNode eventSources(RunningServer server) {
        var command = List.of(
                "python3", ROOT.resolve("dist/src/test/python/event_sources.py").toString());
        var output = run(environment(server), ROOT, 120, command);
        assertThat(output.exit()).as("%s\n%s", command, output.err()).isZero();
        return JsonMapper.shared().readTree(output.out());
    }

    private static List<String> orderSystemCommand(Object... arguments) {
        var command = new ArrayList<>(List.of(
                "python3", ROOT.resolve("dist/src/test/python/order_system.py").toString()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        return command;
    }

    /** Starts {@code order_system.py} and leaves it running; its output goes nowhere. */
    static Process startOrderSystem(RunningServer server, Object... arguments) {
        try {
            var builder = new ProcessBuilder(orderSystemCommand(arguments));
            builder.environment().putAll(environment(server));
            return builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Variables that point AWS clients at {@code server}. */
    static Map<String, String> environment(RunningServer server) {
        return Map.of(
                "AWS_ENDPOINT_URL", server.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                "AWS_REGION", "us-east-1",
                "AWS_DEFAULT_REGION", "us-east-1",
                "AWS_EC2_METADATA_DISABLED", "true",
                "CLEW_ENDPOINT", server.endpoint().toString());
    }

    /** The packed command line. */
    static List<String> clew(String... arguments) {
        var command = new ArrayList<>(RunningServer.java());
        command.addAll(List.of("-cp", RunningServer.HOME.resolve("clew.jar").toString(), "dev.clew.cli.Main"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs a program to its end, at most {@code seconds}. */
    static Output run(Map<String, String> environment, Path folder, int seconds, List<String> command) {
        try {
            var out = Files.createTempFile("clew-test", ".out");
            var err = Files.createTempFile("clew-test", ".err");
            try {
                var builder = new ProcessBuilder(command).directory(folder.toFile());
                builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("CLEW_"));
                builder.environment().putAll(environment);
                var process = builder.redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                process.getOutputStream().close();
                if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                    throw new IllegalStateException(command + " did not end in " + seconds + " s:\n"
                            + Files.readString(out) + Files.readString(err));
                }
                return new Output(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
