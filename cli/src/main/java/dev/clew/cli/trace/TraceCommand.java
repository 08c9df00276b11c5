// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import dev.clew.cli.Clew;
import dev.clew.cli.ExitCodes;
import dev.clew.cli.Problem;
import dev.clew.cli.server.Clients;
import dev.clew.cli.server.RunningServer;
import dev.clew.core.trace.TraceId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code clew trace}: one trace as a waterfall. */
@Command(
        name = "trace",
        description = "Draw one trace: where it worked, waited and broke.",
        mixinStandardHelpOptions = true)
public final class TraceCommand implements Callable<Integer> {
    /** Where to look for the last trace: soon enough for most, far enough for all. */
    private static final List<Duration> RANGES = List.of(Duration.ofMinutes(10), TraceReader.LONGEST);

    @ParentCommand
    private Clew clew;

    @Parameters(paramLabel = "ID", description = "A trace id, or `last`.", defaultValue = "last")
    private String id;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        var wanted = id.equals("last") ? id : traceId(id);
        try (var server = RunningServer.required(clew);
                var clients = new Clients(server)) {
            var reader = new TraceReader(clients.xray());
            var found = wanted.equals("last") ? last(reader) : wanted;
            var trace = reader.trace(found)
                    .orElseThrow(() -> new Problem(
                            "There is no trace " + found + ".",
                            "List recent ones with `clew traces`.",
                            ExitCodes.NEGATIVE));
            var out = clew.surroundings().out();
            if (json) {
                out.println(TraceJson.trace(trace));
            } else {
                Waterfall.draw(trace, clew.screen()).forEach(out::println);
            }
            return ExitCodes.OK;
        }
    }

    private static String traceId(String text) {
        return TraceId.parse(text.strip())
                .orElseThrow(() -> new Problem(
                        "'" + text + "' is not a trace id.",
                        "Write it like 1-6a75c1b4-5a1e0b3c4d5e6f708192a3b4, or `last`; `clew traces` lists them.",
                        ExitCodes.USAGE))
                .text();
    }

    private String last(TraceReader reader) {
        var now = clew.surroundings().time().instant();
        for (var range : RANGES) {
            var summaries = reader.summaries(now.minus(range), now.plusSeconds(1), Integer.MAX_VALUE);
            if (!summaries.isEmpty()) {
                return summaries.getFirst().id();
            }
        }
        throw new Problem("There is no trace of the last 24 hours.", "Make some with `clew demo`.", ExitCodes.NEGATIVE);
    }
}
