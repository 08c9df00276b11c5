// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.expect;

import dev.clew.cli.Clew;
import dev.clew.cli.ExitCodes;
import dev.clew.cli.Problem;
import dev.clew.cli.server.Clients;
import dev.clew.cli.server.RunningServer;
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

/** {@code clew expect}: waits until traces are there, or tells what is missing. */
@Command(
        name = "expect",
        description = "Wait until the traces that a test expects are there, or tell what is missing.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the expected traces are there",
            "1:they are not; standard error tells what is missing",
            "2:the command line is wrong",
            "3:nothing answers at the endpoint",
            "4:the server answered with an error, for example to a wrong filter expression"
        },
        footer = {
            "",
            "Example:",
            "  clew expect --filter 'annotation[order_id] = \"order-1\" AND ok' \\",
            "    --edge 'order-service->Events' --count 1 --within 30s"
        })
public final class ExpectCommand implements Callable<Integer> {
    private static final Duration STEP = Duration.ofMillis(500);
    private static final int MAX_TRACES = 10_000;

    @ParentCommand
    private Clew clew;

    @Option(names = "--filter", paramLabel = "EXPR", description = "An X-Ray filter expression that the traces match.")
    private @Nullable String filter;

    @Option(
            names = "--edge",
            converter = Edge.Reader.class,
            paramLabel = "A->B",
            description = "A call from one service to another that each of the traces has. May be repeated.")
    private List<Edge> edges = List.of();

    @Option(
            names = "--count",
            converter = Count.Reader.class,
            defaultValue = "1+",
            paramLabel = "N",
            description = {
                "How many traces: 3 for exactly three, 3+ for at least three. Default: 1+.",
                "An exact number is looked at for the whole time, lest one more comes."
            })
    private Count count;

    @Option(
            names = "--within",
            converter = Since.class,
            defaultValue = "30s",
            paramLabel = "LENGTH",
            description = "How long to wait: 5s, 2m. Default: 30s.")
    private Duration within;

    @Option(
            names = "--since",
            converter = Since.class,
            defaultValue = "10m",
            paramLabel = "LENGTH",
            description = "How old the traces may be: 90s, 10m; at most 23h. Default: 10m.")
    private Duration since;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        if (since.plus(within).compareTo(TraceReader.LONGEST) > 0) {
            throw new Problem("--since and --within reach over at most 24h.", "Ask for less.", ExitCodes.USAGE);
        }
        var expectation = new Expectation(filter, edges, count);
        try (var server = RunningServer.required(clew);
                var clients = new Clients(server)) {
            var reader = new TraceReader(clients.xray());
            var now = clew.surroundings().time().instant();
            var from = now.minus(since);
            if (!edges.isEmpty()) { // alone first: then the columns of an error are those of what was typed
                reader.summaries(now, now.plusSeconds(1), filter, 1);
            }
            var found = await(expectation, reader, from);
            boolean fits = count.fits(found.size());
            var missing = fits
                    ? List.<String>of()
                    : expectation.missing(
                            found.size(), part -> read(reader, from, part).size());
            print(expectation, found, missing);
            return fits ? ExitCodes.OK : ExitCodes.NEGATIVE;
        }
    }

    private List<Summary> await(Expectation expectation, TraceReader reader, Instant from) throws InterruptedException {
        var ticker = clew.surroundings().ticker();
        long begun = ticker.nanos();
        while (true) {
            var found = read(reader, from, expectation.whole());
            boolean over = ticker.nanos() - begun >= within.toNanos();
            if (over || count.settled(found.size()) || count.exceeded(found.size())) {
                return found;
            }
            clew.surroundings().pause().last(STEP);
        }
    }

    private List<Summary> read(TraceReader reader, Instant from, @Nullable String part) {
        return reader.summaries(from, clew.surroundings().time().instant().plusSeconds(1), part, MAX_TRACES);
    }

    private void print(Expectation expectation, List<Summary> found, List<String> missing) {
        var out = clew.surroundings().out();
        if (json) {
            out.println(ExpectJson.write(expectation, found, missing));
        } else if (missing.isEmpty()) {
            found.forEach(summary -> out.println(summary.id()));
        }
        if (!missing.isEmpty()) {
            var err = clew.surroundings().err();
            err.println("clew: expected " + count + ", found " + found.size() + ".");
            missing.forEach(line -> err.println("      " + line));
        }
    }
}
