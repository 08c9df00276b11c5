// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.replay;

import dev.clew.cli.server.Clients;
import dev.clew.cli.server.RunningServer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code clew replay cancel NAME}. */
@Command(
        name = "cancel",
        description = "End a replay; what it put on the bus stays there.",
        mixinStandardHelpOptions = true)
final class CancelReplayCommand implements Callable<Integer> {
    @ParentCommand
    private ReplayCommand replay;

    @Parameters(paramLabel = "NAME", description = "Name of the replay.")
    private String name;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        try (var server = RunningServer.required(replay.clew());
                var clients = new Clients(server);
                var events = clients.events()) {
            Clients.ask(() -> events.cancelReplay(request -> request.replayName(name)));
            return new Progress(replay.clew(), events, json).follow(name);
        }
    }
}
