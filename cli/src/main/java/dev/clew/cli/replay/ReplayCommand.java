// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.replay;

import dev.clew.cli.Clew;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code clew replay}: puts what an archive holds on its bus again. */
@Command(
        name = "replay",
        description = "Put the events of an archive on their bus again.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {StartReplayCommand.class, FollowReplayCommand.class, CancelReplayCommand.class})
public final class ReplayCommand implements Runnable {
    @ParentCommand
    private Clew clew;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    Clew clew() {
        return clew;
    }

    @Override
    public void run() {
        spec.commandLine().usage(clew.surroundings().out());
    }
}
