// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.event;

import dev.clew.cli.Clew;
import dev.clew.cli.ExitCodes;
import dev.clew.cli.Problem;
import dev.clew.cli.server.RunningServer;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code clew redrive}: failed deliveries again, in the same trace. */
@Command(
        name = "redrive",
        description = "Deliver again what failed or was dead-lettered: of one event, or of one rule.",
        mixinStandardHelpOptions = true)
public final class RedriveCommand implements Callable<Integer> {
    private static final int MAX_LIMIT = 1_000;

    @ParentCommand
    private Clew clew;

    @Parameters(arity = "0..1", paramLabel = "EVENT-ID", description = "The event.")
    private @Nullable String id;

    @Option(names = "--rule", paramLabel = "RULE", description = "The rule instead: a name or an ARN.")
    private @Nullable String rule;

    @Option(
            names = "--bus",
            defaultValue = "default",
            paramLabel = "BUS",
            description = "The bus of the rule, if that is a name. Default: default.")
    private String bus;

    @Option(
            names = "--limit",
            defaultValue = "1000",
            paramLabel = "N",
            description = "How many deliveries of the rule at most, oldest first, 1 to 1000. Default: 1000.")
    private int limit;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if ((id == null) == (rule == null) || limit < 1 || limit > MAX_LIMIT) {
            throw new Problem(
                    "Name an event or a rule, and a --limit of 1 to " + MAX_LIMIT + ".",
                    "Like `clew redrive EVENT-ID` or `clew redrive --rule NAME --bus BUS`.",
                    ExitCodes.USAGE);
        }
        Map<String, Object> event = id == null ? Map.of() : Map.of("event", Ids.event(id));
        try (var server = RunningServer.required(clew)) {
            var answer = new EventApi(server)
                    .redrive(rule == null ? event : Map.of("rule", arn(server, rule), "limit", limit));
            return print(answer.path("redriven"));
        }
    }

    private String arn(RunningServer server, String nameOrArn) {
        if (nameOrArn.startsWith("arn:")) {
            return nameOrArn;
        }
        var path = bus.equals("default") ? nameOrArn : bus + '/' + nameOrArn;
        return "arn:aws:events:" + server.region() + ':' + server.health().account() + ":rule/" + path;
    }

    private int print(JsonNode redriven) {
        var out = clew.surroundings().out();
        if (json) {
            out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(redriven));
        } else if (redriven.isEmpty()) {
            clew.surroundings().err().println("Nothing there has failed.");
        } else {
            for (var delivery : redriven) {
                out.println(delivery.path("event").asString("") + "  "
                        + Ids.shortName(delivery.path("rule").asString("")) + " → "
                        + Ids.shortName(delivery.path("target").asString("")));
            }
            out.println(redriven.size() + (redriven.size() == 1 ? " delivery is" : " deliveries are")
                    + " made again; see how with `clew why EVENT-ID`.");
        }
        return redriven.isEmpty() ? ExitCodes.NEGATIVE : ExitCodes.OK;
    }
}
