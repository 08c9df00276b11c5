// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code clew version}: what runs here, and what runs at the endpoint. */
@Command(
        name = "version",
        description = "Print the versions of this command, of Java, and of the server if it answers.",
        mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {
    @ParentCommand
    private Clew clew;

    @Override
    public Integer call() {
        var out = clew.surroundings().out();
        out.println("clew " + Version.ofThis());
        out.println("java " + Runtime.version());
        var endpoint = clew.endpoint();
        out.println(endpoint.health()
                .map(health -> "server " + health.version() + " at " + endpoint.text())
                .orElse("server: none answers at " + endpoint.text()));
        return ExitCodes.OK;
    }
}
