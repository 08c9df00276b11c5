// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.environment;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Which program runs which runtime on this machine. Interpreters are looked for once. Safe for use by many threads.
 *
 * <p>A function's memory size limits the heap of Java and Node. Python and bootstraps are not limited: the operating
 * system can limit their address space, which is far larger than what they use, so that sound functions would fail.
 */
final class Runtimes {
    private static final System.Logger LOG = System.getLogger(Runtimes.class.getName());
    private static final String JAVA_MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    /** Share of a function's memory that its heap may take; the rest is for the virtual machine itself. */
    private static final double HEAP_SHARE = 0.8;

    private final EnvironmentsConfig config;
    private final AtomicBoolean toldVersion = new AtomicBoolean();
    private @Nullable Optional<PythonInterpreter> python;
    private @Nullable Path bootstraps;
    private @Nullable Optional<Path> nativeClient;

    Runtimes(EnvironmentsConfig config) {
        this.config = config;
    }

    /** @throws CannotStartException that says what is missing, and how to get it */
    Command command(Launch launch) throws CannotStartException {
        var runtime = launch.runtime();
        if (runtime.startsWith("python")) {
            return python(launch);
        }
        if (runtime.startsWith("nodejs")) {
            return node(launch);
        }
        if (runtime.startsWith("java")) {
            return java(launch);
        }
        if (runtime.startsWith("provided")) {
            return provided(launch);
        }
        throw new CannotStartException("runtime " + runtime
                + " cannot run here (python3.x, nodejs, java and provided can; pack others as provided.al2023)");
    }

    /** The machine's Python, looked for at the first call. */
    synchronized Optional<PythonInterpreter> interpreter() {
        if (python == null) {
            python = PythonInterpreter.find(config.serverEnvironment());
        }
        return python;
    }

    private Command python(Launch launch) throws CannotStartException {
        var interpreter = interpreter()
                .orElseThrow(() -> new CannotStartException("runtime " + launch.runtime()
                        + " needs python3 on the PATH of the server; install Python 3.10 or newer"));
        if (!launch.runtime().equals("python" + interpreter.version())) {
            var difference = launch.runtime() + " runs on Python " + interpreter.version();
            if (config.strictRuntime()) {
                throw new CannotStartException(difference + ", which functions.strict-runtime refuses");
            }
            if (toldVersion.compareAndSet(false, true)) {
                LOG.log(System.Logger.Level.INFO, difference);
            }
        }
        var variables = new HashMap<String, String>();
        var path = new ArrayList<>(List.of(bootstraps().toString()));
        if (!config.defaultLayer()) {
            variables.put("_CLEW_WITHOUT", "aws_xray_sdk");
        } else if (!interpreter.hasPackages()) {
            path.add(config.pythonLayer().toString());
        }
        var owners = launch.variables().get("PYTHONPATH");
        if (owners != null) {
            path.add(owners);
        }
        variables.put("PYTHONPATH", String.join(File.pathSeparator, path));
        return new Command(
                List.of(
                        interpreter.executable().toString(),
                        bootstraps().resolve("bootstrap.py").toString()),
                variables);
    }

    private Command node(Launch launch) throws CannotStartException {
        var node = Executables.find("node", config.serverEnvironment())
                .orElseThrow(() -> new CannotStartException("runtime " + launch.runtime()
                        + " needs node on the PATH of the server; install Node 20 or newer"));
        return new Command(
                List.of(
                        node.toString(),
                        "--max-old-space-size=" + Math.max(64, (int) (launch.memoryMb() * HEAP_SHARE)),
                        bootstraps().resolve("bootstrap.mjs").toString()),
                Map.of("NODE_PATH", launch.code().resolve("node_modules").toString()));
    }

    private Command java(Launch launch) throws CannotStartException {
        if (config.javaRuntime().isEmpty()) {
            throw new CannotStartException("runtime " + launch.runtime()
                    + " needs the runtime interface client, which this server was started without");
        }
        var classPath = String.join(
                File.pathSeparator,
                config.javaRuntime().stream().map(Path::toString).toList());
        var command = new ArrayList<>(List.of(
                config.javaExecutable().toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx" + Math.max(64, (int) (launch.memoryMb() * HEAP_SHARE)) + "m",
                "-XX:ErrorFile=" + config.folder().resolve("java-crash-%p.log"),
                "--enable-native-access=ALL-UNNAMED"));
        nativeClient().ifPresent(library -> command.add(NativeRuntimeClient.OPTION + library));
        command.addAll(List.of("-cp", classPath, JAVA_MAIN, launch.handler()));
        return new Command(command, Map.of());
    }

    private synchronized Optional<Path> nativeClient() {
        if (nativeClient == null) {
            nativeClient = NativeRuntimeClient.unpack(
                    config.javaRuntime(), config.folder().resolve("runtime"), System.getProperty("os.arch"));
        }
        return nativeClient;
    }

    private static Command provided(Launch launch) throws CannotStartException {
        var bootstrap = launch.code().resolve("bootstrap");
        if (!Files.isRegularFile(bootstrap)) {
            throw new CannotStartException("the package has no file 'bootstrap' at its root");
        }
        if (!bootstrap.toFile().setExecutable(true, false)) {
            throw new CannotStartException("the package's file 'bootstrap' cannot be made executable");
        }
        return new Command(List.of(bootstrap.toString()), Map.of());
    }

    /** The folder of our own bootstraps, written out at the first call. */
    private synchronized Path bootstraps() {
        if (bootstraps == null) {
            var folder = config.folder().resolve("runtime");
            try {
                Files.createDirectories(folder);
                for (var name : List.of("bootstrap.py", "bootstrap.mjs")) {
                    try (var in = Runtimes.class.getResourceAsStream(name)) {
                        if (in == null) {
                            throw new IllegalStateException("resource " + name + " is missing");
                        }
                        Files.write(folder.resolve(name), in.readAllBytes());
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            bootstraps = folder;
        }
        return bootstraps;
    }
}
