// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.event;

import dev.clew.cli.Clew;
import dev.clew.cli.ExitCodes;
import dev.clew.cli.Problem;
import dev.clew.cli.server.RunningServer;
import dev.clew.cli.trace.Since;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code clew events}: what came to the buses lately, and what became of it. */
@Command(
        name = "events",
        description = "List recent events and what became of them, newest first.",
        mixinStandardHelpOptions = true)
public final class EventsCommand implements Callable<Integer> {
    private static final int MAX_LIMIT = 1_000;

    @ParentCommand
    private Clew clew;

    @Option(names = "--bus", defaultValue = "", paramLabel = "BUS", description = "Only of this bus: a name or an ARN.")
    private String bus;

    @Option(names = "--source", defaultValue = "", paramLabel = "SOURCE", description = "Only from this source.")
    private String source;

    @Option(names = "--type", defaultValue = "", paramLabel = "TYPE", description = "Only of this detail-type.")
    private String type;

    @Option(
            names = "--outcome",
            defaultValue = "",
            paramLabel = "OUTCOME",
            description = "Only with this outcome: delivered, pending, retrying, dead-lettered, failed, unmatched,"
                    + " untargeted or dropped.")
    private String outcome;

    @Option(
            names = "--since",
            converter = Since.class,
            defaultValue = "1h",
            paramLabel = "LENGTH",
            description = "How far back: 90s, 10m, 6h, 2d. Default: 1h.")
    private Duration since;

    @Option(
            names = "--limit",
            defaultValue = "50",
            paramLabel = "N",
            description = "How many at most, 1 to 1000. Default: 50.")
    private int limit;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new Problem("--limit is 1 to " + MAX_LIMIT + ".", "Ask for less.", ExitCodes.USAGE);
        }
        try (var server = RunningServer.required(clew)) {
            print(read(new EventApi(server)));
            return ExitCodes.OK;
        }
    }

    private record Found(List<JsonNode> events, boolean more) {}

    /** A page may be short and yet not the last. */
    private Found read(EventApi api) {
        var now = clew.surroundings().time().instant();
        var events = new ArrayList<JsonNode>();
        var next = "";
        do {
            var parameters = new LinkedHashMap<String, String>();
            parameters.put("bus", bus);
            parameters.put("source", source);
            parameters.put("detail-type", type);
            parameters.put("outcome", outcome);
            parameters.put("since", now.minus(since).toString());
            parameters.put("until", now.plusSeconds(1).toString());
            parameters.put("limit", Integer.toString(limit - events.size()));
            parameters.put("next", next);
            var page = api.search(parameters);
            page.path("events").forEach(events::add);
            next = page.path("next").asString("");
        } while (!next.isEmpty() && events.size() < limit);
        return new Found(events, !next.isEmpty());
    }

    private void print(Found found) {
        var out = clew.surroundings().out();
        if (json) {
            out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(found.events()));
            return;
        }
        if (found.events().isEmpty()) {
            clew.surroundings()
                    .err()
                    .println("No such events in that time. Look further back with --since 1d, or make some with `clew"
                            + " demo`.");
            return;
        }
        EventTable.draw(found.events(), clew.screen(), clew.surroundings().zone())
                .forEach(out::println);
        if (found.more()) {
            clew.surroundings().err().println("There are more; see them with --limit " + MAX_LIMIT + ".");
        }
    }
}
