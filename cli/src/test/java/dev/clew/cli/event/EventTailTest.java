// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.cli.TestSurroundings;
import dev.clew.cli.server.FakeServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventTailTest {
    @TempDir
    Path home;

    private FakeServer server;
    private TestSurroundings surroundings;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer().answering("/_clew/events", """
            {"events":[
            {"id":"00000000-0000-0000-0000-000000000002","bus":"orders","accepted":"2026-08-07T10:00:00.000Z",
             "source":"shop","detail-type":"Slow","outcome":"retrying"},
            {"id":"00000000-0000-0000-0000-000000000001","bus":"orders","accepted":"2026-08-07T10:00:00.000Z",
             "source":"shop","detail-type":"Quick","outcome":"delivered"}]}
            """);
        surroundings =
                new TestSurroundings(home).with("CLEW_ENDPOINT", server.url()).with("COLUMNS", "120");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void showsAnEventOnceItIsDecidedAndOneThatTakesLongAsItStands() {
        assertThat(surroundings.clew("tail", "--events", "--for", "4s")).isZero();
        var lines = surroundings.out.toString().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("came").contains("status");
        assertThat(lines.get(1)).contains("ok").contains("Quick from shop on orders");
        assertThat(lines.get(2)).contains("retrying").contains("Slow");
    }

    @Test
    void endsAfterSoManyAndPrintsALineOfJsonEach() {
        assertThat(surroundings.clew("tail", "--events", "--count", "1", "--json", "--bus", "orders"))
                .isZero();
        assertThat(surroundings.out.toString()).hasLineCount(1).contains("\"outcome\":\"delivered\"");
    }

    @Test
    void aFilterIsForTraces() {
        assertThat(surroundings.clew("tail", "--events", "--filter", "fault")).isEqualTo(2);
        assertThat(surroundings.clew("tail", "--bus", "orders")).isEqualTo(2);
    }
}
