// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The machine's Python, asked once what it is.
 *
 * @param executable its own {@code sys.executable}, so that version managers' shims are out of the way
 * @param version for example {@code 3.12}
 * @param hasPackages whether boto3 and the X-Ray SDK are importable
 */
record PythonInterpreter(Path executable, String version, boolean hasPackages) {
    private static final String QUESTION = """
        import importlib.util, sys
        print(sys.executable)
        print("%d.%d" % sys.version_info[:2])
        print(all(importlib.util.find_spec(name) for name in ("boto3", "aws_xray_sdk")))
        """;
    private static final long PATIENCE_SECONDS = 20;

    /** The interpreter that {@code python3} means on the PATH of {@code environment}, if there is one that answers. */
    static Optional<PythonInterpreter> find(Map<String, String> environment) {
        return Executables.find("python3", environment).flatMap(found -> ask(found, environment));
    }

    private static Optional<PythonInterpreter> ask(Path executable, Map<String, String> environment) {
        try {
            var builder = new ProcessBuilder(List.of(executable.toString(), "-c", QUESTION));
            builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
            builder.environment().putIfAbsent("PATH", environment.getOrDefault("PATH", ""));
            var process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || answer.size() != 3) {
                process.destroyForcibly();
                return Optional.empty();
            }
            var real = Path.of(answer.getFirst());
            return Files.isExecutable(real)
                    ? Optional.of(new PythonInterpreter(
                            real, answer.get(1), answer.get(2).equals("True")))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
