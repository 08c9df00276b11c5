// SPDX-License-Identifier: Apache-2.0
package dev.clew.benchmarks;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Zipkin's server with its storage in memory, fetched by Maven into a folder of its own. */
final class ZipkinProcess implements AutoCloseable {
    private static final String VERSION = "3.6.1";
    private static final int TRIES = 120;

    private final Process process;
    private final URI endpoint;

    private ZipkinProcess(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    static ZipkinProcess start() throws IOException, InterruptedException {
        var jar = fetch();
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(List.of(java, "-jar", jar.toString()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("QUERY_PORT", Integer.toString(port));
        builder.environment().put("STORAGE_TYPE", "mem");
        var zipkin = new ZipkinProcess(builder.start(), URI.create("http://127.0.0.1:" + port));
        for (int i = 0; i < TRIES; i++) {
            if (zipkin.healthy()) {
                return zipkin;
            }
            Thread.sleep(500);
        }
        zipkin.close();
        throw new IOException("Zipkin did not start");
    }

    private static Path fetch() throws IOException, InterruptedException {
        var folder = Path.of(System.getProperty("java.io.tmpdir"), "clew-benchmark-zipkin");
        var jar = folder.resolve("zipkin-server-" + VERSION + "-exec.jar");
        if (!Files.exists(jar)) {
            var maven = new ProcessBuilder(List.of(
                            "mvn",
                            "-q",
                            "-B",
                            "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy",
                            "-Dartifact=io.zipkin:zipkin-server:" + VERSION + ":jar:exec",
                            "-DoutputDirectory=" + folder))
                    .inheritIO()
                    .start();
            if (maven.waitFor() != 0) {
                throw new IOException("Maven could not fetch Zipkin " + VERSION);
            }
        }
        return jar;
    }

    private boolean healthy() {
        try {
            var connection =
                    (HttpURLConnection) endpoint.resolve("/health").toURL().openConnection();
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    /** Where spans are posted. */
    URI spans() {
        return endpoint.resolve("/api/v2/spans");
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
