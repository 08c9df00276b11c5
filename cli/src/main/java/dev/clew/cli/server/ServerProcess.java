// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.server;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the server is started from here: the same Java, the same class path, its own main class. */
final class ServerProcess {
    /** Known by name only: this module does not depend on the server. */
    private static final String MAIN_CLASS = "dev.clew.server.Main";

    private ServerProcess() {}

    /**
     * The command up to the main class, with the options this Java was given but for those that suit a short life; a new
     * list that may be extended.
     */
    static List<String> command() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-agent") && !option.startsWith("-javaagent"))
                .filter(option -> !option.equals("-XX:TieredStopAtLevel=1"))
                .map(option -> option.replace("cli.aot", "server.aot"))
                .forEach(command::add);
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), System.getProperty("clew.server.main", MAIN_CLASS)));
        return command;
    }
}
