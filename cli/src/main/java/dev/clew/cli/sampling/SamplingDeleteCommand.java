// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.sampling;

import dev.clew.cli.ExitCodes;
import dev.clew.cli.server.Clients;
import dev.clew.cli.server.RunningServer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code clew sampling delete NAME}. */
@Command(name = "delete", description = "Delete a sampling rule.", mixinStandardHelpOptions = true)
final class SamplingDeleteCommand implements Callable<Integer> {
    @ParentCommand
    private SamplingCommand sampling;

    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the rule.")
    private String name;

    @Override
    public Integer call() {
        var clew = sampling.clew();
        try (var server = RunningServer.required(clew);
                var clients = new Clients(server);
                var xray = clients.xray()) {
            Clients.ask(() -> xray.deleteSamplingRule(request -> request.ruleName(name)));
            clew.surroundings().out().println("Deleted " + name + ".");
            return ExitCodes.OK;
        }
    }
}
