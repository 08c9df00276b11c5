// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.cli.TestSurroundings;
import dev.clew.cli.server.FakeServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {
    private static final String PREFIX = "arn:aws:events:eu-west-3:111111111111:";

    @TempDir
    private Path home;

    private FakeServer server;

    @BeforeEach
    void aServerWithAnArchive() throws IOException {
        server = new FakeServer()
                .answering(
                        "AWSEvents.DescribeArchive",
                        "{\"ArchiveArn\":\"" + PREFIX + "archive/all\",\"EventSourceArn\":\"" + PREFIX
                                + "event-bus/orders\"}")
                .answering("AWSEvents.StartReplay", "{\"State\":\"STARTING\"}")
                .answering("AWSEvents.CancelReplay", "{\"State\":\"CANCELLING\"}");
        ends("COMPLETED", "");
    }

    private void ends(String state, String more) {
        server.answering(
                "AWSEvents.DescribeReplay",
                "{\"ReplayName\":\"again\",\"State\":\"" + state + "\",\"EventLastReplayedTime\":1786096500.25" + more
                        + "}");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String body(String operation) {
        return server.requests().get(server.operations().indexOf(operation));
    }

    @Test
    void startsAReplayOfTheLastHourAndFollowsItToItsEnd() {
        var surroundings = new TestSurroundings(home);
        assertThat(surroundings.clew("replay", "start", "all", "--name", "again", "--endpoint", server.url()))
                .isZero();
        assertThat(body("AWSEvents.StartReplay"))
                .contains(
                        "\"ReplayName\":\"again\"",
                        "\"EventSourceArn\":\"" + PREFIX + "archive/all\"",
                        "\"EventStartTime\":1786093200",
                        "\"EventEndTime\":1786096800",
                        "\"Arn\":\"" + PREFIX + "event-bus/orders\"")
                .doesNotContain("FilterArns");
        assertThat(surroundings.out.toString().strip())
                .isEqualTo("again: completed, up to the events of 2026-08-07T09:55:00Z");
        assertThat(surroundings.err.toString()).contains("`clew replay cancel again` ends it");
    }

    @Test
    void takesATimeAndRules() {
        var surroundings = new TestSurroundings(home);
        var args = "replay start all --from 2026-08-07T08:00:00Z --to 2026-08-07T09:00:00Z --rule a --rule b --detach"
                + " --endpoint " + server.url();
        assertThat(surroundings.clew(args.split(" "))).isZero();
        assertThat(body("AWSEvents.StartReplay"))
                .contains(
                        "\"ReplayName\":\"all-1786096800000\"",
                        "\"FilterArns\":[\"" + PREFIX + "rule/orders/a\",\"" + PREFIX + "rule/orders/b\"]");
    }

    @Test
    void aFailedReplayIsANegativeAnswerWithItsReason() {
        ends("FAILED", ",\"StateReason\":\"Archive all does not exist.\"");
        var surroundings = new TestSurroundings(home);
        assertThat(surroundings.clew("replay", "follow", "again", "--endpoint", server.url()))
                .isEqualTo(1);
        assertThat(surroundings.out.toString()).contains("again: failed", "Archive all does not exist.");
    }

    @Test
    void cancelsAReplay() {
        ends("CANCELLED", "");
        var surroundings = new TestSurroundings(home);
        assertThat(surroundings.clew("replay", "cancel", "again", "--json", "--endpoint", server.url()))
                .isZero();
        assertThat(server.operations()).containsExactly("AWSEvents.CancelReplay", "AWSEvents.DescribeReplay");
        assertThat(surroundings.out.toString())
                .contains("\"state\" : \"CANCELLED\"", "\"lastReplayed\" : \"2026-08-07T09:55:00.250Z\"");
    }

    @Test
    void aTimeThatIsNoneIsAUsageError() {
        var surroundings = new TestSurroundings(home);
        assertThat(surroundings.clew("replay", "start", "all", "--from", "yesterday", "--endpoint", server.url()))
                .isEqualTo(2);
        assertThat(surroundings.err.toString()).contains("--from: 'yesterday' is not a time.");
        assertThat(server.operations()).isEmpty();
    }
}
