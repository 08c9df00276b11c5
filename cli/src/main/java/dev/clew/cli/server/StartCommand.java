// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.server;

import dev.clew.cli.Clew;
import dev.clew.cli.ExitCodes;
import dev.clew.cli.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Unmatched;

/**
 * {@code clew start}: the launcher replaces itself by the server before this class is asked, so that the process id is
 * the server's. Whoever calls this program without the launcher gets the server as a child.
 */
@Command(
        name = "start",
        description = {
            "Run the server in the foreground; its last start-up line begins \"ready\".",
            "Ends on Ctrl-C. --port 0 (and likewise the others) takes a free port and prints it.",
        },
        customSynopsis = {
            "clew start [--port 4566] [--bind 127.0.0.1] [--data DIR] [--auth open|verify|enforce] [--config FILE]",
            "           [--daemon-port 2000] [--otlp-grpc-port 4317] [--otlp-http-port 4318] [--insecure]",
        },
        mixinStandardHelpOptions = true)
public final class StartCommand implements Callable<Integer> {
    @ParentCommand
    private Clew clew;

    @Unmatched
    private List<String> options = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        var command = ServerProcess.command();
        command.add("start");
        command.addAll(List.of("--data", clew.data().toString()));
        command.addAll(options);
        try {
            var server = new ProcessBuilder(command).inheritIO().start();
            var end = new Thread(server::destroy);
            Runtime.getRuntime().addShutdownHook(end);
            return server.waitFor();
        } catch (IOException e) {
            throw new Problem("The server cannot be started.", e.getMessage() + ".", ExitCodes.FAILED, e);
        }
    }
}
