// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.map;

import dev.clew.cli.Clew;
import dev.clew.cli.ExitCodes;
import dev.clew.cli.Problem;
import dev.clew.cli.server.Clients;
import dev.clew.cli.server.RunningServer;
import dev.clew.cli.terminal.Screen;
import dev.clew.cli.trace.Since;
import dev.clew.cli.trace.Summary;
import dev.clew.cli.trace.TraceReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code clew map}: who calls whom, how often, how fast, how well. */
@Command(name = "map", description = "Draw the service map.", mixinStandardHelpOptions = true)
public final class MapCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofHours(6);
    private static final int MOST_TRACES = 100;

    @ParentCommand
    private Clew clew;

    @Option(
            names = "--since",
            converter = Since.class,
            defaultValue = "10m",
            paramLabel = "LENGTH",
            description = "How far back: 90s, 10m, 6h; at most 6h. Default: 10m.")
    private Duration since;

    @Option(
            names = "--filter",
            paramLabel = "EXPR",
            description = "Only traces that match this X-Ray filter expression, the newest 100.")
    private @Nullable String filter;

    @Option(names = "--group", paramLabel = "NAME", description = "Only traces of this X-Ray group.")
    private @Nullable String group;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (since.compareTo(LONGEST) > 0) {
            throw new Problem("--since reaches back at most 6h.", "Ask for less.", ExitCodes.USAGE);
        }
        if (filter != null && group != null) {
            throw new Problem(
                    "--filter and --group do not go together.",
                    "Write group.name = \"" + group + "\" into the filter.",
                    ExitCodes.USAGE);
        }
        var surroundings = clew.surroundings();
        try (var server = RunningServer.required(clew);
                var clients = new Clients(server)) {
            var now = surroundings.time().instant();
            var map = read(clients, now.minus(since), now.plusSeconds(1));
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

    private ServiceMap read(Clients clients, Instant from, Instant to) {
        var reader = new MapReader(clients.xray());
        if (filter == null) {
            return reader.read(from, to, group);
        }
        var ids = new TraceReader(clients.xray())
                .summaries(from, to, filter, MOST_TRACES).stream()
                        .limit(MOST_TRACES)
                        .map(Summary::id)
                        .toList();
        return ids.isEmpty() ? new ServiceMap(List.of()) : reader.read(ids, from, to);
    }

    /** The lines of the map of a range; none if nothing was called in it. */
    public static List<String> draw(Clients clients, Instant from, Instant to, Screen screen) {
        var map = new MapReader(clients.xray()).read(from, to, null);
        return map.nodes().isEmpty() ? List.of() : MapDrawing.draw(map, screen);
    }
}
