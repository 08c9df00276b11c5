// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.cli.TestSurroundings;
import dev.clew.cli.server.FakeServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventCommandsTest {
    private static final String ID = "7bf73129-1428-4cd3-a780-95db273d1602";
    private static final String STORY = """
        {"id":"7bf73129-1428-4cd3-a780-95db273d1602","arrivals":[{"bus":"orders","account":"111111111111",
         "region":"us-east-1","accepted":"2026-08-07T10:00:00.123Z","source":"order.service",
         "detail-type":"Order Created","via":"PutEvents","hops":0,"outcome":"dead-lettered",
         "trace":"1-6742f1c0-5a1e0b3c4d5e6f708192a3b4","event":"{}","matched":["pay"],
         "deliveries":[{"id":"x","rule":"arn:aws:events:us-east-1:111111111111:rule/orders/pay","targetId":"1",
          "target":"arn:aws:lambda:us-east-1:111111111111:function:payment","outcome":"dead-lettered",
          "code":"NO_PERMISSIONS","cause":"no statement","exhausted":null,
          "dead-letter-queue":"arn:aws:sqs:us-east-1:111111111111:letters",
          "attempts":[{"number":0,"outcome":"retried","attempt":1,"target":"t","time":"2026-08-07T10:00:00.125Z",
            "end":"2026-08-07T10:00:00.130Z","wait-ms":2,"code":"THROTTLING","reason":"too many","exhausted":null,
            "next":"2026-08-07T10:00:01Z"},
           {"number":1,"outcome":"refused","attempt":2,"target":"t","time":"2026-08-07T10:00:01.000Z",
            "end":"2026-08-07T10:00:01.004Z","wait-ms":870,"code":"NO_PERMISSIONS",
            "reason":"no statement of the function's policy allows events.amazonaws.com from this rule",
            "exhausted":null,"next":"2026-08-07T10:00:01.004Z"},
           {"number":2,"outcome":"dead-lettered","attempt":1,"target":"arn:aws:sqs:us-east-1:111111111111:letters",
            "time":"2026-08-07T10:00:01.004Z","end":"2026-08-07T10:00:01.006Z","wait-ms":0,
            "code":"NO_PERMISSIONS","reason":"no statement","exhausted":null}]}],
         "missed":[{"rule":"audit","why":"detail.amount expects [{\\"numeric\\":[\\">\\",100]}], the event has 99.99",
           "path":"detail.amount","expected":"x","saw":"99.99","held":1,"clauses":2}]}]}\
        """;

    @TempDir
    Path home;

    @Test
    void tellsTheStoryFromTopToBottom() throws IOException {
        try (var server = new FakeServer()) {
            server.answering("/_clew/events/" + ID, STORY);
            var surroundings = new TestSurroundings(home);
            assertThat(surroundings.clew("why", ID, "--endpoint", server.url())).isZero();
            assertThat(surroundings.out.toString()).isEqualTo("""
                7bf73129-1428-4cd3-a780-95db273d1602  Order Created from order.service · ⊘ dead…
                10:00:00.123  on bus orders by PutEvents · trace 1-6742f1c0-5a1e0b3c4d5e6f70819…
                  pay → payment  ⊘ dead-lettered
                    10:00:00.125  attempt 1  waited 2.00 ms  took 5.00 ms  retried
                      THROTTLING: too many
                    10:00:01.000  attempt 2  waited 870 ms  took 4.00 ms  ⊘ refused
                      NO_PERMISSIONS: no statement of the function's policy allows
                        events.amazonaws.com from this rule
                    10:00:01.004  dead letter → letters  waited 0 µs  took 2.00 ms  ok
                  rules that did not match, compared as they are now:
                    ⊘ audit: detail.amount expects [{"numeric":[">",100]}], the event has 99.99
                      (1 of 2 clauses hold)
                next: clew trace 1-6742f1c0-5a1e0b3c4d5e6f708192a3b4 · clew redrive
                  7bf73129-1428-4cd3-a780-95db273d1602
                """);
            var json = new TestSurroundings(home);
            assertThat(json.clew("why", "--json", ID, "--endpoint", server.url()))
                    .isZero();
            assertThat(json.out.toString()).contains("\"outcome\" : \"dead-lettered\"");
        }
    }

    @Test
    void listsEventsWithTheirCause() throws IOException {
        try (var server = new FakeServer()) {
            server.answering("/_clew/events", """
                {"events":[{"id":"%s","bus":"misspelt","account":"111111111111","region":"us-east-1",
                  "accepted":"2026-08-07T09:59:00Z","source":"a","detail-type":"t","outcome":"dropped","trace":null,
                  "matched":[],"deliveries":[],"cause":"there is no bus misspelt"}],"next":null}\
                """.formatted(ID));
            var surroundings = new TestSurroundings(home).with("COLUMNS", "120");
            assertThat(surroundings.clew("events", "--endpoint", server.url())).isZero();
            assertThat(surroundings.out.toString().lines())
                    .containsExactly(
                            "came     event                                 status          what",
                            "09:59:00 " + ID + "  ⊘ dropped       t from a on misspelt  there is no bus misspelt");
            var json = new TestSurroundings(home);
            assertThat(json.clew("events", "--json", "--endpoint", server.url()))
                    .isZero();
            assertThat(json.out.toString()).contains("\"cause\" : \"there is no bus misspelt\"");
        }
    }

    @Test
    void redrivesAndSaysWhat() throws IOException {
        try (var server = new FakeServer()) {
            server.answering("/_clew/events/redrive", """
                {"redriven":[{"event":"%s","delivery":"d","rule":"arn:aws:events:us-east-1:111111111111:rule/orders/pay",
                  "target":"arn:aws:lambda:us-east-1:111111111111:function:payment"}]}\
                """.formatted(ID));
            var surroundings = new TestSurroundings(home);
            assertThat(surroundings.clew("redrive", ID, "--endpoint", server.url()))
                    .isZero();
            assertThat(surroundings.out.toString().lines())
                    .containsExactly(
                            ID + "  pay → payment", "1 delivery is made again; see how with `clew why EVENT-ID`.");
            server.answering("/_clew/events/redrive", "{\"redriven\":[]}");
            var nothing = new TestSurroundings(home);
            assertThat(nothing.clew("redrive", "--rule", "pay", "--bus", "orders", "--endpoint", server.url()))
                    .isEqualTo(1);
            assertThat(nothing.err.toString()).contains("Nothing there has failed.");
        }
    }

    @Test
    void anEventThatIsNotThereIsANegativeAnswer() throws IOException {
        try (var server = new FakeServer()) {
            var surroundings = new TestSurroundings(home);
            assertThat(surroundings.clew("why", ID, "--endpoint", server.url())).isEqualTo(1);
            assertThat(surroundings.err.toString()).contains("List recent events with `clew events`.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "why not-an-id",
                "why",
                "events --limit 0",
                "events --since 10x",
                "redrive",
                "redrive 7bf73129-1428-4cd3-a780-95db273d1602 --rule r",
                "redrive --rule r --limit 1001"
            })
    void aWrongCommandLineSaysWhatAndWhatToDo(String args) {
        var surroundings = new TestSurroundings(home);
        assertThat(surroundings.clew(args.split(" "))).isEqualTo(2);
        assertThat(surroundings.err.toString()).startsWith("clew: ");
    }
}
