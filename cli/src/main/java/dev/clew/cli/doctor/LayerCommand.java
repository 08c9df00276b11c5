// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.doctor;

import dev.clew.cli.Clew;
import dev.clew.cli.ExitCodes;
import dev.clew.cli.Problem;
import dev.clew.cli.server.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code clew layer python}: what the cloud's runtime supplies to functions, installed once on this machine. */
@Command(
        name = "layer",
        description = "Install what a runtime supplies to functions: for python, boto3 and the X-Ray SDK.",
        mixinStandardHelpOptions = true)
public final class LayerCommand implements Callable<Integer> {
    @ParentCommand
    private Clew clew;

    @Parameters(paramLabel = "RUNTIME", description = "python")
    private String runtime;

    @Option(names = "--force", description = "Build it anew if it is there already.")
    private boolean force;

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (!runtime.equals("python")) {
            throw new Problem(
                    "There is no layer for '" + runtime + "'.", "Write `clew layer python`.", ExitCodes.USAGE);
        }
        var layer = PythonLayer.under(clew.surroundings().home());
        var out = clew.surroundings().out();
        if (!force
                && layer.exists()
                && PythonLayer.versions(layer.interpreter().toString()).isPresent()) {
            out.println("✓ " + layer.folder() + " is there already; --force builds it anew");
            return ExitCodes.OK;
        }
        build(layer.folder());
        var versions = PythonLayer.versions(layer.interpreter().toString())
                .orElseThrow(() -> new Problem(
                        "The new layer does not import its packages.", "See what pip said above.", ExitCodes.FAILED));
        out.println("✓ " + layer.folder() + ": Python " + versions);
        return ExitCodes.OK;
    }

    /** Built in place, because a virtual environment cannot be moved; a broken one is removed at once. */
    private void build(Path folder) throws IOException, InterruptedException {
        TemporaryFolder.delete(folder);
        Files.createDirectories(folder.getParent());
        try {
            step("making a virtual environment", List.of("python3", "-m", "venv", folder.toString()));
            var install = new ArrayList<>(List.of(
                    folder.resolve("bin").resolve("python").toString(),
                    "-m",
                    "pip",
                    "install",
                    "--disable-pip-version-check",
                    "--quiet",
                    "--progress-bar",
                    "on"));
            install.addAll(PythonLayer.PACKAGES);
            step("installing " + String.join(" and ", PythonLayer.PACKAGES) + " with pip", install);
        } catch (IOException | Problem | InterruptedException e) {
            TemporaryFolder.delete(folder);
            throw e;
        }
    }

    private void step(String what, List<String> command) throws IOException, InterruptedException {
        clew.surroundings().err().println("… " + what);
        int status = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        if (status != 0) {
            throw new Problem(
                    "It stopped while " + what + ", with exit code " + status + ".",
                    "Python 3 with venv and pip, and a way to a package index, are needed; see the lines above.",
                    ExitCodes.FAILED);
        }
    }
}
