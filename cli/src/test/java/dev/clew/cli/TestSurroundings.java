// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli;

import dev.clew.cli.terminal.Terminal;
import dev.clew.testkit.ManualClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** A process environment whose output can be read, whose clock stands still, and whose home is a test's folder. */
public final class TestSurroundings {
    public final StringWriter out = new StringWriter();
    public final StringWriter err = new StringWriter();
    public final ManualClock clock = new ManualClock();
    private final Map<String, String> environment = new HashMap<>();
    private final Path home;

    public TestSurroundings(Path home) {
        this.home = home;
        environment.put("COLUMNS", "80");
    }

    public TestSurroundings with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Executes {@code clew} with these arguments and returns its exit code. */
    public int clew(String... args) {
        var surroundings = new Surroundings(
                environment,
                home,
                Terminal.ofProcess(environment),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                clock,
                clock,
                clock::advance,
                ZoneOffset.UTC);
        return Clew.commandLine(surroundings).execute(args);
    }
}
