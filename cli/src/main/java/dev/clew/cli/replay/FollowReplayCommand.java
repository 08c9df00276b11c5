// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.replay;

import dev.clew.cli.server.Clients;
import dev.clew.cli.server.RunningServer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code clew replay follow NAME}. */
@Command(name = "follow", description = "Say how far a replay is until it ends.", mixinStandardHelpOptions = true)
final class FollowReplayCommand implements Callable<Integer> {
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
            return new Progress(replay.clew(), events, json).follow(name);
        }
    }
}
