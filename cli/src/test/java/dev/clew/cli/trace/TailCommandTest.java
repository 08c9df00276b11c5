// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.cli.TestSurroundings;
import dev.clew.cli.server.FakeServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailCommandTest {
    @TempDir
    Path home;

    private FakeServer server;
    private TestSurroundings surroundings;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer().answering("POST /TraceSummaries", """
            {"TraceSummaries":[
            {"Id":"1-6a75c1b4-5a1e0b3c4d5e6f708192a3b4","StartTime":1786096801.5,"Duration":0.2,"ResponseTime":0.1,
            "HasFault":true,"Http":{},"Annotations":{},"EntryPoint":{"Name":"shop"}},
            {"Id":"1-6a75c1b4-5a1e0b3c4d5e6f708192a3b5","StartTime":1786096802.5,"Duration":0.2,"Http":{},
            "Annotations":{},"EntryPoint":{"Name":"stock"}}]}
            """);
        surroundings = new TestSurroundings(home).with("CLEW_ENDPOINT", server.url());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void showsATraceOnceItsRootHasEndedAndASecondChangedNothing() {
        assertThat(surroundings.clew("tail", "--for", "5s")).isZero();

        assertThat(server.requests()).hasSize(5);
        var lines = surroundings.out.toString().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).startsWith("started").contains("trace");
        assertThat(lines.getLast())
                .contains("1-6a75c1b4-5a1e0b3c4d5e6f708192a3b4")
                .endsWith("shop");
    }

    @Test
    void endsAfterSoManyAndPrintsALineOfJsonEach() {
        assertThat(surroundings.clew("tail", "--count", "1", "--json", "--filter", "fault = true"))
                .isZero();

        assertThat(server.requests()).hasSize(2);
        assertThat(server.requests().getFirst()).contains("\"FilterExpression\":\"fault = true\"");
        assertThat(surroundings.out.toString())
                .hasLineCount(1)
                .startsWith("{\"id\":\"1-6a75c1b4-5a1e0b3c4d5e6f708192a3b4\"")
                .contains("\"durationMs\":200");
    }
}
