// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli;

import dev.clew.cli.demo.DemoCommand;
import dev.clew.cli.doctor.DoctorCommand;
import dev.clew.cli.doctor.LayerCommand;
import dev.clew.cli.event.EventsCommand;
import dev.clew.cli.event.RedriveCommand;
import dev.clew.cli.event.WhyCommand;
import dev.clew.cli.expect.ExpectCommand;
import dev.clew.cli.map.MapCommand;
import dev.clew.cli.replay.ReplayCommand;
import dev.clew.cli.run.EnvCommand;
import dev.clew.cli.run.RunCommand;
import dev.clew.cli.sampling.SamplingCommand;
import dev.clew.cli.server.Endpoint;
import dev.clew.cli.server.StartCommand;
import dev.clew.cli.terminal.Screen;
import dev.clew.cli.terminal.Terminal.Colour;
import dev.clew.cli.trace.TailCommand;
import dev.clew.cli.trace.TraceCommand;
import dev.clew.cli.trace.TracesCommand;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code clew} and the options that all of its commands share. */
@Command(
        name = "clew",
        description = "See what every event did: a tracing-first platform that speaks the AWS wire protocols.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StartCommand.class,
            DemoCommand.class,
            RunCommand.class,
            EnvCommand.class,
            TracesCommand.class,
            TraceCommand.class,
            TailCommand.class,
            MapCommand.class,
            SamplingCommand.class,
            EventsCommand.class,
            WhyCommand.class,
            RedriveCommand.class,
            ReplayCommand.class,
            ExpectCommand.class,
            DoctorCommand.class,
            LayerCommand.class,
            VersionCommand.class,
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it worked",
            "1:the answer is no: nothing found, or something missing",
            "2:the command line is wrong",
            "3:nothing answers at the endpoint",
            "4:the server answered with an error, or something failed here",
            "130:ended by Ctrl-C",
            " :run ends with the exit code of its command; 127 if there is none such",
        },
        commandListHeading = "%nCommands:%n",
        footer = {"", "New here? Try: clew demo"})
public final class Clew implements Runnable {
    @Option(
            names = "--endpoint",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            description = "Where the server is; else CLEW_ENDPOINT, else http://127.0.0.1:4566.")
    private @Nullable String endpoint;

    @Option(
            names = "--data",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description = "The server's data folder, which holds its key pair; else CLEW_DATA, else ~/.clew/data.")
    private @Nullable Path data;

    @Option(
            names = "--region",
            scope = ScopeType.INHERIT,
            paramLabel = "REGION",
            description = "The region; else AWS_REGION or AWS_DEFAULT_REGION, else the server's.")
    private @Nullable String region;

    @Option(
            names = "--color",
            scope = ScopeType.INHERIT,
            paramLabel = "WHEN",
            description = "auto, always or never; NO_COLOR counts as never for auto.")
    private Colour colour = Colour.AUTO;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private final Surroundings surroundings;

    private Clew(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The command line, ready to be executed once. */
    public static CommandLine commandLine(Surroundings surroundings) {
        var clew = new Clew(surroundings);
        var line = new CommandLine(clew)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(surroundings.out())
                .setErr(surroundings.err())
                .setUsageHelpAutoWidth(false)
                .setExecutionExceptionHandler((thrown, command, parsed) -> clew.explain(thrown))
                .setParameterExceptionHandler((thrown, args) -> clew.explainUsage(thrown));
        Objects.requireNonNull(line.getSubcommands().get("run")).setStopAtPositional(true);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        return line;
    }

    @Override
    public void run() {
        spec.commandLine().usage(surroundings.out());
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    /** Where to draw. */
    public Screen screen() {
        return surroundings.terminal().screen(colour);
    }

    /** Which server is meant; says nothing about whether it answers. */
    public Endpoint endpoint() {
        var chosen = endpoint != null ? endpoint : surroundings.variable("CLEW_ENDPOINT");
        return chosen.isEmpty() ? Endpoint.DEFAULT : Endpoint.parse(chosen);
    }

    /** The folder with the server's key pair. */
    public Path data() {
        if (data != null) {
            return data;
        }
        var variable = surroundings.variable("CLEW_DATA");
        return variable.isEmpty() ? surroundings.home().resolve(".clew").resolve("data") : Path.of(variable);
    }

    /** The region asked for, or {@code otherwise}. */
    public String region(String otherwise) {
        if (region != null) {
            return region;
        }
        var variable = surroundings.variable("AWS_REGION");
        var older = surroundings.variable("AWS_DEFAULT_REGION");
        return !variable.isEmpty() ? variable : !older.isEmpty() ? older : otherwise;
    }

    private int explain(Exception thrown) {
        if (thrown instanceof Problem problem) {
            return print(problem);
        }
        if (thrown instanceof InterruptedException) {
            return ExitCodes.INTERRUPTED;
        }
        return print(new Problem(
                "Something failed: " + (thrown.getMessage() == null ? thrown : thrown.getMessage()),
                "If it happens again, report it with the output of `clew version` and `clew doctor`.",
                ExitCodes.FAILED));
    }

    private int explainUsage(CommandLine.ParameterException thrown) {
        var command = thrown.getCommandLine().getCommandSpec().qualifiedName();
        return print(new Problem(thrown.getMessage() + ".", "See `" + command + " --help`.", ExitCodes.USAGE, thrown));
    }

    private int print(Problem problem) {
        surroundings.out().flush();
        surroundings.err().println("clew: " + problem.what());
        if (!problem.remedy().isEmpty()) {
            surroundings.err().println("      " + problem.remedy());
        }
        return problem.exitCode();
    }
}
