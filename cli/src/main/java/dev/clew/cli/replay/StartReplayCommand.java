// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.replay;

import dev.clew.cli.Clew;
import dev.clew.cli.ExitCodes;
import dev.clew.cli.Problem;
import dev.clew.cli.server.Clients;
import dev.clew.cli.server.RunningServer;
import dev.clew.cli.trace.Since;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.ReplayDestination;

/** {@code clew replay start ARCHIVE}. */
@Command(
        name = "start",
        description = "Replay the events of an archive, and follow the replay to its end.",
        mixinStandardHelpOptions = true)
final class StartReplayCommand implements Callable<Integer> {
    @ParentCommand
    private ReplayCommand replay;

    @Parameters(paramLabel = "ARCHIVE", description = "Name of the archive.")
    private String archive;

    @Option(
            names = "--since",
            converter = Since.class,
            defaultValue = "1h",
            paramLabel = "LENGTH",
            description = "Events of the last 90s, 10m, 6h, 7d. Default: 1h.")
    private Duration since;

    @Option(names = "--from", paramLabel = "TIME", description = "Events from this time on: 2026-08-07T10:00:00Z.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Events up to this time. Default: now.")
    private @Nullable String to;

    @Option(
            names = "--rule",
            paramLabel = "NAME",
            description = "Only this rule takes the events; may be repeated. Default: all rules that match.")
    private List<String> rules = List.of();

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the replay. Default: made from the time.")
    private @Nullable String name;

    @Option(names = "--detach", description = "Do not wait for its end.")
    private boolean detached;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        var clew = replay.clew();
        var now = clew.surroundings().time().instant();
        var end = to == null ? now : time("--to", to);
        var begin = from == null ? end.minus(since) : time("--from", from);
        var chosen = name == null ? archive + '-' + now.toEpochMilli() : name;
        try (var server = RunningServer.required(clew);
                var clients = new Clients(server);
                var events = clients.events()) {
            start(events, chosen, begin, end);
            var progress = new Progress(clew, events, json);
            return detached ? progress.tell(progress.look(chosen)) : followed(clew, progress, chosen);
        }
    }

    private int followed(Clew clew, Progress progress, String chosen) throws InterruptedException {
        clew.surroundings()
                .err()
                .println("It goes on without this command; `clew replay cancel " + chosen + "` ends it.");
        return progress.follow(chosen);
    }

    private void start(EventBridgeClient events, String chosen, Instant begin, Instant end) {
        var found = Clients.ask(() -> events.describeArchive(request -> request.archiveName(archive)));
        var bus = found.eventSourceArn();
        var ruleArns = rules.stream().map(rule -> ruleArn(bus, rule)).toList();
        var destination = ReplayDestination.builder().arn(bus);
        if (!ruleArns.isEmpty()) {
            destination.filterArns(ruleArns);
        }
        Clients.ask(() -> events.startReplay(request -> request.replayName(chosen)
                .eventSourceArn(found.archiveArn())
                .eventStartTime(begin)
                .eventEndTime(end)
                .destination(destination.build())));
    }

    /** {@code …:event-bus/default} has the rules {@code …:rule/NAME}, other buses {@code …:rule/BUS/NAME}. */
    private static String ruleArn(String bus, String rule) {
        var path = bus.replace(":event-bus/", ":rule/");
        var root = path.endsWith(":rule/default") ? path.substring(0, path.length() - "/default".length()) : path;
        return root + '/' + rule;
    }

    private static Instant time(String option, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new Problem(
                    option + ": '" + text + "' is not a time.",
                    "Write it like 2026-08-07T10:00:00Z.",
                    ExitCodes.USAGE,
                    e);
        }
    }
}
