// SPDX-License-Identifier: Apache-2.0
package dev.clew.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Connections, API destinations, archives, replays and schedules as boto3 sees them. */
class EventSourcesIT {
    private static final List<String> OPERATIONS = List.of(
            "CancelReplay",
            "CreateApiDestination",
            "CreateArchive",
            "CreateConnection",
            "DeauthorizeConnection",
            "DeleteApiDestination",
            "DeleteArchive",
            "DeleteConnection",
            "DescribeApiDestination",
            "DescribeArchive",
            "DescribeConnection",
            "DescribeReplay",
            "ListApiDestinations",
            "ListArchives",
            "ListConnections",
            "ListReplays",
            "StartReplay",
            "UpdateApiDestination",
            "UpdateArchive",
            "UpdateConnection");

    @TempDir
    Path data;

    @BeforeAll
    static void need() {
        Tools.needPython();
    }

    @Test
    void everyOperationWorksFromBoto() throws IOException {
        try (var server = RunningServer.start(data)) {
            var seen = Tools.eventSources(server);
            assertThat(texts(seen.get("operations"))).containsAll(OPERATIONS);
            checkConnections(seen.get("connections"));
            checkDestinations(seen.get("destinations"));
            checkReplay(seen.get("archives"));
            var schedules = seen.get("schedules");
            assertThat(schedules.get("expression").asString()).isEqualTo("cron(0 3 ? * MON-FRI *)");
            assertThat(texts(schedules.get("listed"))).containsExactly("cron(0 3 ? * MON-FRI *)");
            assertThat(texts(schedules.get("invalid")))
                    .containsExactly("ValidationException", "Parameter ScheduleExpression is not valid.");
            var removed = seen.get("removed");
            assertThat(removed.get("deauthorized").asString()).isEqualTo("DEAUTHORIZING");
            assertThat(texts(removed.get("deleted"))).containsOnly("DELETING");
            assertThat(removed.get("left")).isEmpty();
            assertThat(server.log()).doesNotContain("hunter2", "s3cret", "k-1", "k-2", "hidden");
        }
        checkFiles();
    }

    private static void checkConnections(JsonNode seen) {
        assertThat(seen.get("states").toString())
                .isEqualTo("{\"basic\":\"AUTHORIZED\",\"key\":\"AUTHORIZED\",\"oauth\":\"AUTHORIZING\"}");
        assertThat(seen.get("described").toString())
                .contains("\"Username\":\"ada\"")
                .contains("{\"Key\":\"X-Secret\",\"IsValueSecret\":true}")
                .doesNotContain("hunter2", "hidden");
        assertThat(texts(seen.get("listed"))).containsExactly("basic", "key", "oauth");
        assertThat(texts(seen.get("missing")))
                .containsExactly(
                        "ResourceNotFoundException",
                        "Failed to describe the connection(s). Connection 'nope' does not exist.");
        assertThat(texts(seen.get("invalid"))).first().isEqualTo("ValidationException");
    }

    private static void checkDestinations(JsonNode seen) {
        assertThat(seen.get("described").toString()).contains("\"ACTIVE\"", "50");
        assertThat(texts(seen.get("listed"))).containsExactly("basic", "key", "oauth");
        var delivered = seen.get("delivered");
        assertThat(header(delivered.get("basic"), "authorization")).isEqualTo("Basic YWRhOmh1bnRlcjI=");
        assertThat(header(delivered.get("basic"), "x-secret")).isEqualTo("hidden");
        assertThat(header(delivered.get("key"), "x-key")).isEqualTo("k-2");
        assertThat(header(delivered.get("oauth"), "authorization")).isEqualTo("Bearer granted");
        assertThat(delivered.get("oauth").get("path").asString()).isEqualTo("/oauth/a%20b");
        assertThat(header(delivered.get("oauth"), "x-amzn-trace-id")).startsWith("Root=1-");
    }

    private static void checkReplay(JsonNode seen) {
        assertThat(seen.get("count").asLong()).isEqualTo(1);
        assertThat(seen.get("size").asLong()).isPositive();
        assertThat(texts(seen.get("archives"))).containsExactly("all");
        assertThat(seen.get("started").asString()).isEqualTo("STARTING");
        assertThat(texts(seen.get("replays"))).containsExactly("COMPLETED");
        var replayed = seen.get("replayed");
        assertThat(replayed.get("body").asString())
                .contains("\"replay-name\":\"again\"")
                .endsWith("\"detail\":{\"amount\":9.9}}");
        assertThat(root(replayed)).as("the trace goes on").isEqualTo(root(seen.get("original")));
        assertThat(texts(seen.get("cancel"))).first().isEqualTo("IllegalStatusException");
        assertThat(texts(seen.get("twice")))
                .containsExactly("ResourceAlreadyExistsException", "Replay again already exists.");
        assertThat(texts(seen.get("deleted")))
                .containsExactly("ResourceNotFoundException", "Archive all does not exist.");
    }

    /** No file holds a secret in the clear. */
    private void checkFiles() throws IOException {
        try (var files = Files.walk(data)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain("hunter2", "s3cret");
            }
        }
    }

    private static String root(JsonNode request) {
        return header(request, "x-amzn-trace-id").split(";")[0];
    }

    private static String header(JsonNode request, String name) {
        return request.get("headers").get(name).asString();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }
}
