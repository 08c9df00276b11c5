// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.map;

import dev.clew.cli.Clew;
import dev.clew.cli.ExitCodes;
import dev.clew.cli.Problem;
import dev.clew.cli.server.Clients;
import dev.clew.cli.server.RunningServer;
import dev.clew.cli.terminal.Screen;
import dev.clew.cli.trace.Since;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code clew map}: who calls whom, how often, how fast, how well. */
@Command(name = "map", description = "Draw the service map.", mixinStandardHelpOptions = true)
public final class MapCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofHours(6);

    @ParentCommand
    private Clew clew;

    @Option(
            names = "--since",
            converter = Since.class,
            defaultValue = "10m",
            paramLabel = "LENGTH",
            description = "How far back: 90s, 10m, 6h; at most 6h. Default: 10m.")
    private Duration since;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (since.compareTo(LONGEST) > 0) {
            throw new Problem("--since reaches back at most 6h.", "Ask for less.", ExitCodes.USAGE);
        }
        var surroundings = clew.surroundings();
        try (var server = RunningServer.required(clew);
                var clients = new Clients(server)) {
            var now = surroundings.time().instant();
            var map = new MapReader(clients.xray()).read(now.minus(since), now.plusSeconds(1));
            if (json) {
                surroundings.out().println(MapJson.write(map.withFunctionsMerged()));
            } else if (map.nodes().isEmpty()) {
                surroundings
                        .err()
                        .println("Nothing was called in that time. Look further back with --since 6h, or make some"
                                + " calls with `clew demo`.");
            } else {
                MapDrawing.draw(map, clew.screen()).forEach(surroundings.out()::println);
            }
            return ExitCodes.OK;
        }
    }

    /** The lines of the map of a range; none if nothing was called in it. */
    public static List<String> draw(Clients clients, Instant from, Instant to, Screen screen) {
        var map = new MapReader(clients.xray()).read(from, to);
        return map.nodes().isEmpty() ? List.of() : MapDrawing.draw(map, screen);
    }
}
