// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli;

import dev.clew.cli.terminal.Terminal;
import dev.clew.core.Ticker;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;

/**
 * What a command sees of the process it runs in.
 *
 * @param environment the process environment
 * @param home the user's home directory
 * @param out standard output, for results
 * @param err standard error, for errors and progress
 * @param zone the zone in which times are shown
 */
public record Surroundings(
        Map<String, String> environment,
        Path home,
        Terminal terminal,
        PrintWriter out,
        PrintWriter err,
        InstantSource time,
        Ticker ticker,
        Pause pause,
        ZoneId zone) {

    /** Lets time pass. */
    @FunctionalInterface
    public interface Pause {
        void last(Duration length) throws InterruptedException;
    }

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** The value of an environment variable; "" if unset. */
    public String variable(String name) {
        return environment.getOrDefault(name, "");
    }
}
