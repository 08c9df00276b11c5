// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import dev.clew.cli.Clew;
import dev.clew.cli.ExitCodes;
import dev.clew.cli.Problem;
import dev.clew.cli.event.EventTail;
import dev.clew.cli.server.Clients;
import dev.clew.cli.server.RunningServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code clew tail}: traces as they settle. A trace is shown once its root has ended and a second has changed nothing: what
 * an event sets off goes on after the answer to whoever sent it.
 */
@Command(
        name = "tail",
        description = "Follow traces as they complete, or events as they come, until Ctrl-C.",
        mixinStandardHelpOptions = true)
public final class TailCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int MAX_TRACES = 10_000;

    @ParentCommand
    private Clew clew;

    @Option(names = "--filter", paramLabel = "EXPRESSION", description = "Only traces that match, like 'fault = true'.")
    private @Nullable String filter;

    @Option(names = "--events", description = "Follow events and what became of them.")
    private boolean events;

    @Option(
            names = "--bus",
            defaultValue = "",
            paramLabel = "BUS",
            description = "With --events: only of this bus, a name or an ARN.")
    private String bus;

    @Option(names = "--count", paramLabel = "N", description = "End after so many.")
    private @Nullable Integer count;

    @Option(
            names = "--for",
            converter = Since.class,
            paramLabel = "LENGTH",
            description = "End after this time: 90s, 10m, 6h.")
    private @Nullable Duration length;

    @Option(names = "--json", description = "Print a JSON object per line.")
    private boolean json;

    private final Map<String, Summary> unsettled = new HashMap<>();
    private final Set<String> shown = new HashSet<>();
    private boolean headed;

    @Override
    public Integer call() throws InterruptedException {
        if (events ? filter != null : !bus.isEmpty()) {
            throw new Problem(
                    "--filter is about traces, --bus about events.",
                    "Use --filter without --events, --bus with it.",
                    ExitCodes.USAGE);
        }
        return events ? followEvents() : followTraces();
    }

    private int followEvents() throws InterruptedException {
        try (var server = RunningServer.required(clew)) {
            new EventTail(clew, server, bus, json).follow(count, length);
            return ExitCodes.OK;
        }
    }

    private int followTraces() throws InterruptedException {
        try (var server = RunningServer.required(clew);
                var clients = new Clients(server);
                var xray = clients.xray()) {
            var reader = new TraceReader(xray);
            var time = clew.surroundings().time();
            var begin = time.instant();
            while (!done(begin, time.instant())) {
                settled(reader.summaries(
                                from(begin, time.instant()), time.instant().plus(POLL), filter, MAX_TRACES))
                        .forEach(this::show);
                clew.surroundings().pause().last(POLL);
            }
            return ExitCodes.OK;
        }
    }

    private boolean done(Instant begin, Instant now) {
        boolean enough = count != null && shown.size() >= count;
        return enough || length != null && !now.isBefore(begin.plus(length));
    }

    /** The API's ranges are bounded: whoever watches for longer than a day sees the traces of the last day. */
    private static Instant from(Instant begin, Instant now) {
        var oldest = now.minus(TraceReader.LONGEST).plusSeconds(60);
        return begin.isAfter(oldest) ? begin : oldest;
    }

    /** What has not changed since the last look and was not shown yet, oldest first. */
    private List<Summary> settled(List<Summary> found) {
        var settled = new ArrayList<Summary>();
        for (var summary : found) {
            boolean ended = summary.response() != null && !shown.contains(summary.id());
            if (ended && summary.equals(unsettled.put(summary.id(), summary))) {
                settled.add(summary);
            }
        }
        settled.sort(Comparator.comparing(Summary::start));
        return settled;
    }

    private void show(Summary summary) {
        if (count != null && shown.size() >= count) {
            return;
        }
        shown.add(summary.id());
        unsettled.remove(summary.id());
        var out = clew.surroundings().out();
        if (json) {
            out.println(JsonMapper.shared()
                    .readTree(TraceJson.list(List.of(summary)))
                    .get(0));
        } else {
            var lines = TraceTable.draw(
                    List.of(summary), clew.screen(), clew.surroundings().zone());
            lines.subList(headed ? 1 : 0, lines.size()).forEach(out::println);
            headed = true;
        }
        out.flush();
    }
}
