// SPDX-License-Identifier: Apache-2.0
package dev.clew.dist;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the ahead-of-time caches of the packed programs: starts the server in a temporary folder, lets the command line
 * work with it, and ends both. What these runs load and link, later starts find prepared.
 *
 * <p>Argument: the distribution's folder. Each program gets a cache of its own, {@code server.aot} and {@code cli.aot}: a
 * start pays for everything that is in its cache. Without a cache everything works, only slower, so a failed training is told
 * and fails nothing.
 */
public final class Training {
    private static final long PATIENCE_SECONDS = 180;

    private final Path home;

    private Training(Path home) {
        this.home = home;
    }

    /** Entry point; see the class. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var data = Files.createTempDirectory("clew-training");
        try {
            new Training(Path.of(arguments[0])).train(data);
        } catch (IOException e) {
            System.err.println("no ahead-of-time cache: " + e.getMessage());
        } finally {
            delete(data);
        }
    }

    private void train(Path data) throws IOException, InterruptedException {
        var server = start(
                "server.aot",
                "dev.clew.server.Main",
                List.of(
                        "start",
                        "--port=0",
                        "--daemon-port=0",
                        "--otlp-grpc-port=0",
                        "--otlp-http-port=0",
                        "--data",
                        data.toString()));
        try {
            var endpoint = ready(server);
            await(start("cli.aot", "dev.clew.cli.Main", List.of("--endpoint", endpoint, "demo", "--orders", "2")));
        } finally {
            server.toHandle().destroy(); // Process.destroy would close the streams that are read to the end below
            await(server);
        }
    }

    private Process start(String cache, String main, List<String> arguments) throws IOException {
        Files.deleteIfExists(home.resolve(cache));
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:AOTCacheOutput=" + home.resolve(cache),
                "-Xlog:disable",
                "-Xlog:aot=error,cds=error:stderr",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dclew.home=" + home,
                "-Dclew.examples=" + home.resolve("examples").resolve("order-system.jar"),
                "-Djava.util.logging.config.file=" + home.resolve("logging.properties"),
                "-cp",
                home.resolve("clew.jar").toString(),
                main));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(name -> name.startsWith("CLEW_") || name.startsWith("AWS_"));
        return builder.start();
    }

    /** The server's address, from its line {@code ready URI in N ms}. */
    private static String ready(Process server) throws IOException {
        var out = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("ready ")) {
                return line.split(" ")[1];
            }
        }
        throw new IOException("the server did not start");
    }

    private static void await(Process process) throws IOException, InterruptedException {
        process.getInputStream().transferTo(OutputStream.nullOutputStream());
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("a program did not end within " + PATIENCE_SECONDS + " s");
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
