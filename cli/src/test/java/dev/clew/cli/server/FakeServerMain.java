// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Stands in for the server's main class: writes a key pair, says that it is ready, and runs until it is ended. */
public final class FakeServerMain {
    private FakeServerMain() {}

    public static void main(String[] args) throws Exception {
        if (!args[0].equals("start") || Arrays.stream(args).filter("0"::equals).count() != 4) {
            System.err.println("unexpected: " + String.join(" ", args));
            System.exit(2);
        }
        var data = Path.of(args[Arrays.asList(args).indexOf("--data") + 1]);
        Files.createDirectories(data);
        Files.writeString(
                data.resolve("credentials"), "[default]\naws_access_key_id=AKIATEMP\naws_secret_access_key=s3cret\n");
        var server = new FakeServer();
        System.out.println("starting");
        System.out.println("ready " + server.url() + " daemon 127.0.0.1:2000");
        Thread.currentThread().join();
    }
}
