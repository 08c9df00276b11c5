// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import dev.clew.cli.Clew;
import dev.clew.cli.ExitCodes;
import dev.clew.cli.Problem;
import dev.clew.cli.server.Clients;
import dev.clew.cli.server.RunningServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code clew traces}: what happened lately. */
@Command(name = "traces", description = "List recent traces, newest first.", mixinStandardHelpOptions = true)
public final class TracesCommand implements Callable<Integer> {
    private static final int MAX_LIMIT = 10_000;

    @ParentCommand
    private Clew clew;

    @Option(
            names = "--since",
            converter = Since.class,
            defaultValue = "10m",
            paramLabel = "LENGTH",
            description = "How far back: 90s, 10m, 6h; at most 24h. Default: 10m.")
    private Duration since;

    @Option(
            names = "--limit",
            defaultValue = "50",
            paramLabel = "N",
            description = "How many at most, 1 to 10000. Default: 50.")
    private int limit;

    @Option(
            names = "--filter",
            paramLabel = "EXPR",
            description = {
                "An X-Ray filter expression, for example:",
                "  fault OR responsetime > 1",
                "  service(\"payment-service\") { fault }",
                "  annotation[order_id] = \"order-1\""
            })
    private @Nullable String filter;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (since.compareTo(TraceReader.LONGEST) > 0 || limit < 1 || limit > MAX_LIMIT) {
            throw new Problem(
                    "--since reaches back at most 24h, and --limit is 1 to " + MAX_LIMIT + ".",
                    "Ask for less.",
                    ExitCodes.USAGE);
        }
        try (var server = RunningServer.required(clew);
                var clients = new Clients(server)) {
            print(read(clients));
            return ExitCodes.OK;
        }
    }

    private List<Summary> read(Clients clients) {
        var now = clew.surroundings().time().instant();
        return new TraceReader(clients.xray()).summaries(now.minus(since), now.plusSeconds(1), filter, MAX_LIMIT);
    }

    private void print(List<Summary> found) {
        var out = clew.surroundings().out();
        var shown = found.subList(0, Math.min(limit, found.size()));
        if (json) {
            out.println(TraceJson.list(shown));
            return;
        }
        if (found.isEmpty()) {
            if (filter != null) {
                clew.surroundings().err().println("No trace of that time matches. Look further back with --since 24h.");
                return;
            }
            clew.surroundings()
                    .err()
                    .println("No traces in that time. Look further back with --since 24h, or make some with `clew"
                            + " demo`.");
            return;
        }
        TraceTable.draw(shown, clew.screen(), clew.surroundings().zone()).forEach(out::println);
        if (found.size() > shown.size()) {
            clew.surroundings()
                    .err()
                    .println(found.size() - shown.size() + " more; see them with --limit "
                            + Math.min(MAX_LIMIT, found.size()) + ".");
        }
    }
}
