// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.cli.ExitCodes;
import dev.clew.cli.TestSurroundings;
import dev.clew.cli.server.FakeServer;
import dev.clew.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

class ExpectCommandTest {
    private static final String TWO = """
        {"TraceSummaries":[{"Id":"1-6a75c1b4-000000000000000000000001","StartTime":1786096820.0,"Annotations":{}},
        {"Id":"1-6a75c1b4-000000000000000000000002","StartTime":1786096821.0,"Annotations":{}}]}\
        """;

    @TempDir
    Path home;

    private FakeServer server;
    private TestSurroundings surroundings;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        surroundings = new TestSurroundings(home);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int expect(String... options) {
        var all = new ArrayList<>(List.of("expect", "--endpoint", server.url()));
        all.addAll(Arrays.asList(options));
        return surroundings.clew(all.toArray(String[]::new));
    }

    @Test
    void printsTheTracesThatAreThere() {
        server.answering("/TraceSummaries", TWO);

        int exit = expect("--filter", "ok", "--edge", "a -> \"b\"", "--count", "2+");

        assertThat(exit).as(surroundings.err.toString()).isEqualTo(ExitCodes.OK);
        assertThat(surroundings.out.toString().lines())
                .containsExactlyInAnyOrder(
                        "1-6a75c1b4-000000000000000000000001", "1-6a75c1b4-000000000000000000000002");
        assertThat(server.requests()).last().asString().contains("(ok) AND edge(\\\"a\\\", \\\"\\\\\\\"b\\\\\\\"\\\")");
    }

    @Test
    void theServerSeesTheFilterAsItWasTypedFirst() { // else the columns of its errors are not those of the caller
        server.answering("/TraceSummaries", TWO);

        expect("--filter", "ok", "--edge", "a->b", "--count", "2+");
        expect("--filter", "fault", "--count", "2+");

        assertThat(server.requests()).hasSize(3);
        assertThat(server.requests().getFirst()).contains("\"FilterExpression\":\"ok\"");
        assertThat(server.requests().getLast()).contains("\"FilterExpression\":\"fault\"");
    }

    @Test
    void looksAtAnExactNumberForTheWholeTime() {
        server.answering("/TraceSummaries", TWO);

        assertThat(expect("--count", "2", "--within", "5s")).isEqualTo(ExitCodes.OK);

        assertThat(surroundings.clock.instant()).isEqualTo(ManualClock.START.plusSeconds(5));
    }

    @Test
    void failsAtOnceWhenThereAreTooMany() {
        server.answering("/TraceSummaries", TWO);

        assertThat(expect("--count", "1")).isEqualTo(ExitCodes.NEGATIVE);

        assertThat(surroundings.clock.instant()).isEqualTo(ManualClock.START);
        assertThat(surroundings.err.toString())
                .contains("expected exactly 1 trace, found 2.")
                .contains("more traces match than expected");
    }

    @Test
    void tellsWhatIsMissingWhenTheTimeIsOver() {
        server.answering("/TraceSummaries", "{\"TraceSummaries\":[]}");

        assertThat(expect("--filter", "fault", "--within", "2s", "--json")).isEqualTo(ExitCodes.NEGATIVE);

        assertThat(surroundings.clock.instant()).isEqualTo(ManualClock.START.plusSeconds(2));
        assertThat(surroundings.err.toString())
                .contains("expected at least 1 trace, found 0.")
                .contains("no trace matches fault; 0 traces are there in that time");
        var json = JsonMapper.shared().readTree(surroundings.out.toString());
        assertThat(json.get("fits").asBoolean()).isFalse();
        assertThat(json.get("missing")).hasSize(1);
    }

    @Test
    void refusesACommandLineThatMeansNothing() {
        assertThat(expect("--count", "many")).isEqualTo(ExitCodes.USAGE);
        assertThat(expect("--edge", "a")).isEqualTo(ExitCodes.USAGE);
        assertThat(expect("--since", "24h")).isEqualTo(ExitCodes.USAGE);
        assertThat(surroundings.err.toString())
                .contains("3+ for at least three")
                .contains("A->B");
    }

    @Test
    void explainsPartByPart() {
        var expectation = new Expectation(
                "annotation.order = \"1\"", List.of(new Edge("a", "b"), new Edge("b", "c")), new Count(1, true));
        var there = Map.of(
                "annotation.order = \"1\"", 2,
                "(annotation.order = \"1\") AND edge(\"a\", \"b\")", 1,
                "(annotation.order = \"1\") AND service(\"b\")", 1);

        var missing = expectation.missing(0, filter -> filter == null ? 5 : there.getOrDefault(filter, 0));

        assertThat(missing)
                .containsExactly(
                        "2 traces are matching annotation.order = \"1\"",
                        "1 trace is with the edge a -> b",
                        "none of them has the edge b -> c",
                        "none of them touches the service c");
        assertThat(expectation.whole())
                .isEqualTo("(annotation.order = \"1\") AND edge(\"a\", \"b\") AND edge(\"b\", \"c\")");
    }

    @Test
    void readsCounts() {
        var reader = new Count.Reader();
        assertThat(reader.convert("0").fits(0)).isTrue();
        assertThat(reader.convert("0").exceeded(1)).isTrue();
        assertThat(reader.convert("3+").settled(4)).isTrue();
        assertThat(reader.convert("3").settled(3)).isFalse();
        assertThat(catchThrowable(() -> reader.convert("-1"))).isInstanceOf(CommandLine.TypeConversionException.class);
    }
}
