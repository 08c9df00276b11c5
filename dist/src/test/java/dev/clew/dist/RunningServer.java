// SPDX-License-Identifier: Apache-2.0
package dev.clew.dist;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A packed server in a process of its own on free ports: what users start, and what can be killed. */
final class RunningServer implements AutoCloseable {
    /** The packed distribution. */
    static final Path HOME = Path.of(System.getProperty("clew.root"), "dist", "target", "clew");

    private final Process process;
    private final URI endpoint;
    private final Path log;

    private RunningServer(Process process, URI endpoint, Path log) {
        this.process = process;
        this.endpoint = endpoint;
        this.log = log;
    }

    /** Starts a server over {@code data} and waits for its {@code ready} line. */
    static RunningServer start(Path data, String... options) {
        var command = new ArrayList<>(java());
        command.addAll(List.of("-cp", HOME.resolve("clew.jar").toString(), "dev.clew.server.Main", "start"));
        command.addAll(List.of("--port", "0", "--daemon-port", "0", "--data", data.toString()));
        command.addAll(List.of("--otlp-grpc-port", "0", "--otlp-http-port", "0"));
        command.addAll(List.of(options));
        try {
            var log = Files.createTempFile("clew-server", ".log");
            var builder = new ProcessBuilder(command);
            builder.environment().keySet().removeIf(name -> name.startsWith("CLEW_") || name.startsWith("AWS_"));
            var process = builder.redirectError(log.toFile()).start();
            var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("ready")) {
                    Thread.ofVirtual().start(() -> out.lines().forEach(rest -> {}));
                    return new RunningServer(process, URI.create(line.split(" ")[1]), log);
                }
            }
            process.waitFor(10, TimeUnit.SECONDS);
            throw new IllegalStateException("the server did not start:\n" + Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The java of this test and the options of {@code ./clew}. */
    static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dclew.home=" + HOME,
                "-Dclew.examples=" + HOME.resolve("examples").resolve("order-system.jar"),
                "-Djava.util.logging.config.file=" + HOME.resolve("logging.properties"));
    }

    URI endpoint() {
        return endpoint;
    }

    /** What it wrote to standard error. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                process.waitFor();
                throw new IllegalStateException("the server did not end when told to:\n" + log());
            }
            Files.deleteIfExists(log);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
