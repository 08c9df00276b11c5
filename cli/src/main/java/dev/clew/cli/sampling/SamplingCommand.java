// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.sampling;

import dev.clew.cli.Clew;
import dev.clew.cli.ExitCodes;
import dev.clew.cli.server.Clients;
import dev.clew.cli.server.RunningServer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code clew sampling}: the rules in the order in which they are asked, and what each matched. */
@Command(
        name = "sampling",
        description = {
            "List the sampling rules in the order in which they are asked,",
            "with the requests that each matched in the last 20 minutes.",
        },
        subcommands = {SamplingSetCommand.class, SamplingDeleteCommand.class},
        mixinStandardHelpOptions = true)
public final class SamplingCommand implements Callable<Integer> {
    @ParentCommand
    private Clew clew;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try (var server = RunningServer.required(clew);
                var clients = new Clients(server);
                var xray = clients.xray()) {
            var rules = new RuleReader(xray).rules();
            var out = clew.surroundings().out();
            if (json) {
                out.println(RuleTable.json(rules));
            } else {
                RuleTable.draw(rules, clew.screen()).forEach(out::println);
            }
            return ExitCodes.OK;
        }
    }

    Clew clew() {
        return clew;
    }
}
