// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.event;

import dev.clew.cli.Clew;
import dev.clew.cli.ExitCodes;
import dev.clew.cli.server.RunningServer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.json.JsonMapper;

/** {@code clew why}: the story of one event. */
@Command(
        name = "why",
        description = "Tell what became of one event: rules, attempts, refusals, dead letters, and the nearest misses.",
        mixinStandardHelpOptions = true)
public final class WhyCommand implements Callable<Integer> {
    @ParentCommand
    private Clew clew;

    @Parameters(paramLabel = "EVENT-ID", description = "The id that PutEvents answered.")
    private String id;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        var event = Ids.event(id);
        try (var server = RunningServer.required(clew)) {
            var story = new EventApi(server).story(event);
            var out = clew.surroundings().out();
            if (json) {
                out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(story));
            } else {
                new StoryDrawing(clew.screen(), clew.surroundings().zone())
                        .draw(story)
                        .forEach(out::println);
            }
            return ExitCodes.OK;
        }
    }
}
