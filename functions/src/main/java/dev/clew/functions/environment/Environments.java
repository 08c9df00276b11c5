// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.environment;

import dev.clew.wire.http.HttpHandler;
import java.io.IOException;
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
        var reader = new OutputReader(process, time, output);
        var environment = new Environment(id, process, reader, folder, time, () -> running.remove(id));
        running.put(id, environment);
        // A platform thread: reading a pipe would pin a carrier for as long as the process lives.
        Thread.ofPlatform().daemon().name("output-" + launch.functionName()).start(reader);
        if (closed) {
            environment.close();
        } else if (!process.isAlive()) {
            running.remove(id);
        }
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
}
