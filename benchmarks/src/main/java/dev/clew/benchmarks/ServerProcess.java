// SPDX-License-Identifier: Apache-2.0
package dev.clew.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packed server in a process and a temporary folder of its own, started as {@code ./clew start} starts it. */
final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final URI endpoint;
    private final Path data;
    private final long startNanos;

    private ServerProcess(Process process, URI endpoint, Path data, long startNanos) {
        this.process = process;
        this.endpoint = endpoint;
        this.data = data;
        this.startNanos = startNanos;
    }

    /** @param launcher the script {@code clew} */
    static ServerProcess start(Path launcher) throws IOException {
        return start(launcher, Files.createTempDirectory("clew-benchmark"));
    }

    /** Ends this one and starts another on what it leaves. */
    ServerProcess restart(Path launcher) throws IOException {
        end();
        return start(launcher, data);
    }

    private static ServerProcess start(Path launcher, Path data) throws IOException {
        var command = new ArrayList<>(List.of(launcher.toString(), "start", "--data", data.toString()));
        for (var port : List.of("--port", "--daemon-port", "--otlp-grpc-port", "--otlp-http-port")) {
            command.addAll(List.of(port, "0"));
        }
        long before = System.nanoTime();
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("ready")) {
                long nanos = System.nanoTime() - before;
                Thread.ofVirtual().start(() -> drain(out));
                return new ServerProcess(process, URI.create(line.split(" ")[1]), data, nanos);
            }
        }
        throw new IOException("the server did not start");
    }

    /** Reads on, so that the server never waits for a reader. */
    private static void drain(BufferedReader out) {
        try (out) {
            while (out.readLine() != null) {
                // nobody asks
            }
        } catch (IOException e) {
            // the server ended
        }
    }

    URI endpoint() {
        return endpoint;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    Path data() {
        return data;
    }

    /** From the call of the launcher to the line {@code ready}, in milliseconds. */
    double startMillis() {
        return startNanos / 1e6;
    }

    /** Resident memory in MiB, from the operating system; Linux only. */
    double residentMiB() throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
            }
        }
        return Double.NaN;
    }

    private void end() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        end();
        try (var files = Files.walk(data)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
