// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.core.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Runs one server in the foreground until it is told to end (SIGTERM, SIGINT).
 *
 * <p>Exit codes: 0 ended as told, 1 could not start, 2 wrong usage.
 */
public final class Main {
    private static final String USAGE = """
        usage: clew start [--port N] [--data DIR] [--bind ADDRESS] [--auth open|verify] [--config FILE]
                          [--daemon-port N] [--otlp-grpc-port N] [--otlp-http-port N] [--SETTING VALUE]...
        Settings and their meanings: see Setting; later sources win: file, environment (CLEW_...), options.
        """;

    private Main() {}

    /** Entry point; see the class. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        Settings settings;
        try {
            settings = settings(arguments);
        } catch (IllegalArgumentException | IOException e) {
            System.err.println("clew: " + e.getMessage());
            System.err.print(USAGE);
            return 2;
        }
        var ended = new CountDownLatch(1);
        try {
            var clew = Clew.start(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                clew.close();
                ended.countDown();
            }));
            clew.banner().forEach(System.out::println);
            System.out.flush();
            ended.await();
            return 0;
        } catch (IllegalArgumentException | IllegalStateException | StoreException | IOException e) {
            System.err.println("clew: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static Settings settings(List<String> arguments) throws IOException {
        var options = new HashMap<String, String>();
        Map<String, String> file = Map.of();
        int at = !arguments.isEmpty() && arguments.getFirst().equals("start") ? 1 : 0;
        while (at < arguments.size()) {
            var option = arguments.get(at++);
            if (!option.startsWith("--")) {
                throw new IllegalArgumentException("'" + option + "' (expected: an option that begins with --)");
            }
            int equals = option.indexOf('=');
            var name = equals < 0 ? option.substring(2) : option.substring(2, equals);
            if (equals < 0 && name.equals(Setting.INSECURE.key())) {
                options.put(name, "true");
                continue;
            }
            if (equals < 0 && at == arguments.size()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            var value = equals < 0 ? arguments.get(at++) : option.substring(equals + 1);
            if (name.equals("config")) {
                file = ConfigFile.read(Path.of(value));
            } else {
                options.put(name, value);
            }
        }
        return Settings.of(file, System.getenv(), options, Path.of(System.getProperty("user.home")));
    }
}
