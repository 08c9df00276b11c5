// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli;

import dev.clew.cli.terminal.Terminal;
import dev.clew.core.Ticker;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;

/** The program {@code clew}. */
public final class Main {
    private Main() {}

    /** Runs one command and exits with its status. */
    public static void main(String[] args) {
        var environment = System.getenv();
        var surroundings = new Surroundings(
                environment,
                Path.of(System.getProperty("user.home")),
                Terminal.ofProcess(environment),
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                InstantSource.system(),
                Ticker.system(),
                Thread::sleep,
                ZoneId.systemDefault());
        int status = Clew.commandLine(surroundings).execute(args);
        surroundings.out().flush();
        surroundings.err().flush();
        System.exit(status);
    }

    /** Drawings are UTF-8 whatever the locale says: a terminal that shows none of it is rarer than a bare C locale. */
    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }
}
