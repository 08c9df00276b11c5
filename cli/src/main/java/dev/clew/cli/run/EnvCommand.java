// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.run;

import dev.clew.cli.Clew;
import dev.clew.cli.ExitCodes;
import dev.clew.cli.server.RunningServer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code clew env}: shell statements that aim AWS clients at the server. */
@Command(
        name = "env",
        description = {
            "Print shell exports that aim AWS clients at the server.",
            "Use it like this: eval \"$(clew env)\"",
        },
        mixinStandardHelpOptions = true)
public final class EnvCommand implements Callable<Integer> {
    @ParentCommand
    private Clew clew;

    @Option(
            names = "--shell",
            paramLabel = "SHELL",
            defaultValue = "sh",
            description = "sh (bash, zsh), fish or powershell. Default: sh.")
    private Shell shell;

    @Override
    public Integer call() {
        try (var server = RunningServer.required(clew)) {
            var environment = AwsEnvironment.of(server, clew.surroundings().environment());
            shell.statements(environment).forEach(clew.surroundings().out()::println);
            return ExitCodes.OK;
        }
    }
}
