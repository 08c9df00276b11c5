// SPDX-License-Identifier: Apache-2.0
package dev.clew.dist;

import dev.clew.cli.Main;
import dev.clew.server.Clew;
import dev.clew.server.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;

/**
 * The run that the ahead-of-time cache is made from: starts a server in a temporary folder, asks it what every user asks
 * first, and ends. What this run loads and links, later starts find prepared.
 */
public final class Training {
    private Training() {}

    /** Entry point; see the class. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("clew-training");
        var settings = Settings.of(
                Map.of(), Map.of(), Map.of("port", "0", "daemon-port", "0", "data", folder.toString()), folder);
        var clew = Clew.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            clew.close();
            delete(folder);
        }));
        var client = HttpClient.newHttpClient();
        ask(client, clew.endpoint(), "/_clew/health", "", "");
        ask(
                client,
                clew.endpoint(),
                "/",
                "application/x-www-form-urlencoded",
                "Action=GetCallerIdentity&Version=2011-06-15");
        ask(client, clew.endpoint(), "/TraceSegments", "application/json", "{\"TraceSegmentDocuments\":[]}");
        Main.main(new String[] {"--endpoint", clew.endpoint().toString(), "traces"}); // exits
    }

    private static void ask(HttpClient client, URI endpoint, String path, String type, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(endpoint.resolve(path));
        if (!body.isEmpty()) {
            request.header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body));
        }
        client.send(request.build(), HttpResponse.BodyHandlers.discarding());
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
