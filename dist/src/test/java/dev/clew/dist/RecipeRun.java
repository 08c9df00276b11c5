// SPDX-License-Identifier: Apache-2.0
package dev.clew.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of a recipe script under {@code clew run}, unchanged. Programs put before the real ones on the PATH note how
 * each command ended and make {@code sleep} short.
 *
 * @param commands one line per aws and curl command: exit code, then the command
 */
record RecipeRun(Tools.Output output, List<String> commands) {
    private static final int SECONDS = 240;

    /**
     * @param script the recipe
     * @param server that {@code clew run} finds at its endpoint
     * @param folder empty; the script writes and deletes its files there
     */
    static RecipeRun of(Path script, RunningServer server, Path folder) throws IOException {
        var programs = Files.createDirectories(folder.resolve("programs"));
        var work = Files.createDirectories(folder.resolve("work"));
        var log = folder.resolve("commands.log");
        Files.writeString(log, "");
        for (var program : List.of("aws", "curl")) {
            program(programs, program, """
                #!/usr/bin/env bash
                PATH="${PATH#*:}"
                %s "$@"
                code=$?
                echo "$code %s $1 $2" >> "%s"
                exit $code
                """.formatted(program, program, log));
        }
        program(programs, "sleep", """
            #!/usr/bin/env bash
            PATH="${PATH#*:}"
            if [ "$1" -gt 4 ]; then set -- 4; fi
            sleep "$1"
            """);
        var environment = new HashMap<>(Map.of(
                "PATH",
                programs + ":" + System.getenv("PATH"),
                "CLEW_ENDPOINT",
                server.endpoint().toString()));
        var output = Tools.run(environment, work, SECONDS, Tools.clew("run", "--", "bash", script.toString()));
        return new RecipeRun(output, Files.readAllLines(log));
    }

    private static void program(Path folder, String name, String text) throws IOException {
        Files.setPosixFilePermissions(
                Files.writeString(folder.resolve(name), text), PosixFilePermissions.fromString("rwx------"));
    }

    /** The commands that did not end with 0. */
    List<String> failed() {
        return commands.stream().filter(line -> !line.startsWith("0 ")).toList();
    }
}
