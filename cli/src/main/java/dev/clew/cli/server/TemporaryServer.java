// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.server;

import dev.clew.cli.ExitCodes;
import dev.clew.cli.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server of our own on free ports with an empty data folder. Both are gone when it is closed, or when we are. */
public final class TemporaryServer implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration END_PATIENCE = Duration.ofSeconds(10);
    private static final int TOLD_LINES = 5;

    private final Path folder;
    private final Process process;
    private final Endpoint endpoint;
    private final Thread atExit = new Thread(this::end, "temporary-server-end");

    private TemporaryServer(Path folder, Process process, Endpoint endpoint) {
        this.folder = folder;
        this.process = process;
        this.endpoint = endpoint;
    }

    /**
     * Starts a server and returns when it is ready.
     *
     * @throws Problem if it does not get ready within a minute
     */
    public static TemporaryServer start() throws InterruptedException {
        Path folder = null;
        Process process = null;
        try {
            folder = Files.createTempDirectory("clew-");
            process = launch(folder);
            var server = new TemporaryServer(folder, process, readiness(process, folder));
            Runtime.getRuntime().addShutdownHook(server.atExit);
            return server;
        } catch (IOException | Problem | InterruptedException e) {
            if (process != null) {
                process.destroyForcibly();
            }
            if (folder != null) {
                TemporaryFolder.delete(folder);
            }
            switch (e) {
                case Problem problem -> throw problem;
                case InterruptedException interrupted -> throw interrupted;
                default -> throw new Problem("A temporary server cannot be started.", e + ".", ExitCodes.FAILED, e);
            }
        }
    }

    private static Process launch(Path folder) throws IOException {
        var command = ServerProcess.command();
        command.addAll(List.of("start", "--port", "0", "--daemon-port", "0"));
        command.addAll(List.of("--otlp-grpc-port", "0", "--otlp-http-port", "0"));
        command.addAll(List.of("--data", data(folder).toString()));
        return new ProcessBuilder(command).redirectError(log(folder).toFile()).start();
    }

    private static Path data(Path folder) {
        return folder.resolve("data");
    }

    private static Path log(Path folder) {
        return folder.resolve("server.log");
    }

    /** Waits for the line {@code ready URL …}, then lets the rest of the output pass unread, so that no pipe fills up. */
    private static Endpoint readiness(Process process, Path folder) throws InterruptedException {
        var ready = new CompletableFuture<String>();
        Thread.ofVirtual().name("server-output").start(() -> {
            try (var lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("ready ")) {
                        ready.complete(line.split(" ")[1]);
                    }
                }
                ready.completeExceptionally(new IOException("it ended"));
            } catch (IOException e) {
                ready.completeExceptionally(e);
            }
        });
        try {
            return Endpoint.parse(ready.get(START_PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            throw new Problem(
                    "A temporary server did not get ready." + lastWords(folder),
                    "Run `clew doctor`, or start one yourself with `clew start` to see why.",
                    ExitCodes.FAILED,
                    e);
        }
    }

    private static String lastWords(Path folder) {
        try {
            var lines = Files.readAllLines(log(folder));
            var last = lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size());
            return last.isEmpty() ? "" : " It said:\n" + String.join("\n", last);
        } catch (IOException e) {
            return "";
        }
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /** Its data folder. */
    public Path data() {
        return data(folder);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // we are going down already: the hook does it
        }
        end();
    }

    private void end() {
        process.destroy();
        try {
            if (!process.waitFor(END_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        TemporaryFolder.delete(folder);
    }
}
