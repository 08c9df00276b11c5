// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.environment;

import dev.clew.wire.http.HttpHandler;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Starts execution environments and serves the Runtime API to them. Safe for use by many threads. */
public final class Environments implements AutoCloseable {
    /** Bytes of the longest line kept whole; a longer one is cut into several. */
    private static final int MAX_LINE = 256 * 1024;

    private final EnvironmentsConfig config;
    private final InstantSource time;
    private final Runtimes runtimes;
    private final RuntimeApi runtimeApi;
    private final SecureRandom secrets = new SecureRandom();
    private final Map<String, Environment> running = new ConcurrentHashMap<>();
    private volatile Endpoints endpoints = new Endpoints("", "", "");
    private volatile boolean closed;

    public Environments(EnvironmentsConfig config, InstantSource time) {
        this.config = config;
        this.time = time;
        this.runtimes = new Runtimes(config);
        this.runtimeApi = new RuntimeApi(running::get, time);
    }

    /** Says what addresses environments are given from now on, and looks for interpreters in the background. */
    public void start(Endpoints addresses) {
        this.endpoints = addresses;
        Thread.ofPlatform().daemon().name("find-interpreters").start(runtimes::interpreter);
    }

    /** The Runtime API of all environments. */
    public HttpHandler runtimeApi() {
        return runtimeApi;
    }

    /** Environments whose process runs. */
    public int count() {
        return running.size();
    }

    /**
     * Starts an environment; returns at once, before it is ready.
     *
     * @param output gets each line that the process writes, in order, on a thread of its own
     * @throws CannotStartException if its runtime is not available here
     */
    public Environment launch(Launch launch, Consumer<OutputLine> output) throws CannotStartException {
        var command = runtimes.command(launch);
        var id = HexFormat.of().formatHex(random(16));
        Path folder;
        Process process;
        try {
            Files.createDirectories(config.folder());
            folder = Files.createTempDirectory(config.folder(), "environment");
            var builder =
                    new ProcessBuilder(command.words()).directory(launch.code().toFile());
            builder.environment().clear();
            builder.environment()
                    .putAll(Variables.of(
                            launch, endpoints, id, folder, config.folder().resolve("runtime")));
            builder.environment().putAll(command.variables());
            process = builder.redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new CannotStartException("the process cannot be started: " + e.getMessage(), e);
        }
        var environment = new Environment(id, process, folder, time, () -> running.remove(id));
        running.put(id, environment);
        if (closed || !process.isAlive()) {
            running.remove(id);
        }
        Thread.ofPlatform()
                .daemon()
                .name("output-" + launch.functionName())
                .start(() -> read(process.getInputStream(), output));
        return environment;
    }

    /** Ends all environments. */
    @Override
    public void close() {
        closed = true;
        running.values().forEach(Environment::close);
    }

    private byte[] random(int length) {
        var bytes = new byte[length];
        secrets.nextBytes(bytes);
        return bytes;
    }

    /** Lines as they come; a carriage return inside a line stands for a line break that belongs to it. */
    private void read(InputStream stream, Consumer<OutputLine> output) {
        try (var in = new BufferedInputStream(stream)) {
            var line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    emit(line, output);
                } else {
                    line.write(next == '\r' ? '\n' : next);
                    if (line.size() >= MAX_LINE) {
                        emit(line, output);
                    }
                }
            }
            if (line.size() > 0) {
                emit(line, output);
            }
        } catch (IOException e) {
            System.getLogger(Environments.class.getName())
                    .log(System.Logger.Level.DEBUG, "output ended: " + e.getMessage());
        }
    }

    private void emit(ByteArrayOutputStream line, Consumer<OutputLine> output) {
        output.accept(new OutputLine(time.instant(), line.toString(StandardCharsets.UTF_8)));
        line.reset();
    }
}
