// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the server is started from here: the same Java, the same class path, its own main class. */
final class ServerProcess {
    /** Known by name only: this module does not depend on the server. */
    private static final String MAIN_CLASS = "dev.clew.server.Main";

    private ServerProcess() {}

    /** The command up to the main class; a new list that may be extended. */
    static List<String> command() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ArrayList<>(List.of(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                System.getProperty("clew.server.main", MAIN_CLASS)));
    }
}
