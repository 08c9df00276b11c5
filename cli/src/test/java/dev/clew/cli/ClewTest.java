// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.cli.server.FakeServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClewTest {
    private static final String ID = "1-6a75c1b4-5a1e0b3c4d5e6f708192a3b4";

    @TempDir
    private Path home;

    @Test
    void helpNamesEveryCommandAndExitCode() {
        var surroundings = new TestSurroundings(home);
        assertThat(surroundings.clew("--help")).isZero();
        assertThat(surroundings.out.toString())
                .contains("start", "demo", "run", "env", "traces", "trace", "map", "doctor", "version", "Exit codes:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bogus",
                "traces --since 10x",
                "traces --since 2d",
                "traces --limit 0",
                "trace not-an-id",
                "trace --endpoint nowhere",
                "map --since 7h",
                "run",
                "env --shell tcsh"
            })
    void aWrongCommandLineSaysWhatAndWhatToDo(String args) {
        var surroundings = new TestSurroundings(home);
        assertThat(surroundings.clew(args.split(" "))).isEqualTo(2);
        assertThat(surroundings.err.toString().lines())
                .hasSizeBetween(2, 3)
                .first()
                .asString()
                .startsWith("clew: ");
        assertThat(surroundings.out.toString()).isEmpty();
    }

    @Test
    void listsTracesThroughTheApi() throws IOException {
        try (var server = new FakeServer()) {
            server.answering("/TraceSummaries", """
                {"TraceSummaries":[{"Id":"%s","StartTime":1786096500.25,"Duration":0.568,"ResponseTime":0.0412,
                  "HasFault":false,"HasError":false,"IsPartial":false,
                  "Http":{"HttpURL":"https://a.execute-api.us-east-1.amazonaws.com/prod/orders/c1","HttpMethod":"POST"},
                  "Annotations":{"order_id":[{"AnnotationValue":{"StringValue":"o1"}}],"aws:api_id":[]}},
                 {"Id":"1-6a75c1b4-5a1e0b3c4d5e6f7081920000","StartTime":1786096400,"HasFault":true,
                  "EntryPoint":{"Name":"cron"}}]}\
                """.formatted(ID));
            var surroundings = new TestSurroundings(home).with("COLUMNS", "120");
            assertThat(surroundings.clew("traces", "--endpoint", server.url())).isZero();
            assertThat(surroundings.out.toString().lines())
                    .satisfiesExactly(
                            head -> assertThat(head).startsWith("started  trace"),
                            first -> assertThat(first)
                                    .startsWith("09:55:00 " + ID + "   568 ms  41.2 ms  ok")
                                    .contains("POST /prod/orders/c1"),
                            second -> assertThat(second).contains("✕ fault").endsWith("cron"));
            var json = new TestSurroundings(home);
            assertThat(json.clew("traces", "--json", "--endpoint", server.url()))
                    .isZero();
            assertThat(json.out.toString()).contains("\"durationMs\" : 568.0", "\"order_id\" : \"o1\"");
        }
    }

    @Test
    void aTraceThatIsNotThereIsANegativeAnswer() throws IOException {
        try (var server = new FakeServer()) {
            server.answering("/Traces", "{\"Traces\":[],\"UnprocessedTraceIds\":[]}");
            var surroundings = new TestSurroundings(home);
            assertThat(surroundings.clew("trace", ID, "--endpoint", server.url()))
                    .isEqualTo(1);
            assertThat(surroundings.err.toString()).contains("There is no trace " + ID + ".");
        }
    }

    @Test
    void drawsATraceAndTheMapThroughTheApi() throws IOException {
        try (var server = new FakeServer()) {
            server.answering("/Traces", """
                {"Traces":[{"Id":"%s","Segments":[{"Id":"a1","Document":
                  "{\\"id\\":\\"a1\\",\\"name\\":\\"backup\\",\\"start_time\\":1786096500,\\"end_time\\":1786096501.5}"}]}]}\
                """.formatted(ID));
            server.answering("/ServiceGraph", """
                {"Services":[{"ReferenceId":0,"Name":"backup","Type":"client","Edges":[{"ReferenceId":1,
                  "SummaryStatistics":{"OkCount":2,"TotalCount":2,"TotalResponseTime":3}}]},
                 {"ReferenceId":1,"Name":"backup","Root":true,"Edges":[],
                  "SummaryStatistics":{"OkCount":2,"TotalCount":2,"TotalResponseTime":3},
                  "ResponseTimeHistogram":[{"Value":1.5,"Count":2}]}]}\
                """);
            var surroundings = new TestSurroundings(home).with("CLEW_ENDPOINT", server.url());
            assertThat(surroundings.clew("trace", ID)).isZero();
            assertThat(surroundings.clew("map")).isZero();
            assertThat(surroundings.out.toString())
                    .contains("1 document · 1.5 s · ok")
                    .contains("└─2─▸ backup")
                    .contains("2    1.5 s    1.5 s  100 %")
                    .doesNotContain("\u001b");
        }
    }
}
