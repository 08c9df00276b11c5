// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.cli.TestSurroundings;
import dev.clew.cli.server.FakeServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplingCommandTest {
    private static final String RULES = """
        {"SamplingRuleRecords":[
        {"SamplingRule":{"RuleName":"orders","Priority":10,"FixedRate":0.125,"ReservoirSize":5,"ServiceName":"shop",
        "ServiceType":"*","Host":"*","HTTPMethod":"POST","URLPath":"/orders/*","ResourceARN":"*","Version":1}},
        {"SamplingRule":{"RuleName":"Default","Priority":10000,"FixedRate":0.05,"ReservoirSize":1,"ServiceName":"*",
        "ServiceType":"*","Host":"*","HTTPMethod":"*","URLPath":"*","ResourceARN":"*","Version":1}}]}
        """;

    @TempDir
    Path home;

    private FakeServer server;
    private TestSurroundings surroundings;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer()
                .answering("POST /GetSamplingRules", RULES)
                .answering("POST /SamplingStatisticSummaries", """
                    {"SamplingStatisticSummaries":[
                    {"RuleName":"orders","RequestCount":100,"SampledCount":12,"BorrowCount":1,"Timestamp":1},
                    {"RuleName":"orders","RequestCount":20,"SampledCount":3,"BorrowCount":0,"Timestamp":11}]}
                    """)
                .answering("POST /UpdateSamplingRule", "{}")
                .answering("POST /CreateSamplingRule", "{}")
                .answering("POST /DeleteSamplingRule", "{}");
        surroundings =
                new TestSurroundings(home).with("CLEW_ENDPOINT", server.url()).with("COLUMNS", "100");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listsRulesInTheirOrderWithWhatTheyMatched() {
        assertThat(surroundings.clew("sampling")).isZero();
        assertThat(surroundings.out.toString()).isEqualTo("""
            order  rule       per s     then requests  sampled  matches
               10  orders         5    12.5%      120       15  service=shop method=POST path=/orders/*
            10000  Default        1       5%        0        0  everything
            """);
    }

    @Test
    void printsJson() {
        assertThat(surroundings.clew("sampling", "--json")).isZero();
        assertThat(surroundings.out.toString())
                .contains("\"name\" : \"orders\"")
                .contains("\"requests\" : 120");
    }

    @Test
    void changesWhatIsNamedOfARule() {
        assertThat(surroundings.clew("sampling", "set", "orders", "--rate", "50%", "--reservoir", "2"))
                .isZero();
        assertThat(server.requests().getLast())
                .contains("/UpdateSamplingRule")
                .contains("\"RuleName\":\"orders\"")
                .contains("\"FixedRate\":0.5")
                .contains("\"ReservoirSize\":2")
                .doesNotContain("Priority");
        assertThat(surroundings.out.toString()).isEqualTo("Changed orders.\n");
    }

    @Test
    void makesARuleThatIsNotThere() {
        assertThat(surroundings.clew("sampling", "set", "health", "--path", "/health", "--rate", "0"))
                .isZero();
        assertThat(server.requests().getLast())
                .contains("/CreateSamplingRule")
                .contains("\"URLPath\":\"/health\"")
                .contains("\"FixedRate\":0.0")
                .contains("\"ServiceName\":\"*\"")
                .contains("\"Version\":1");
        assertThat(surroundings.out.toString()).isEqualTo("Made health.\n");
    }

    @Test
    void deletesARule() {
        assertThat(surroundings.clew("sampling", "delete", "orders")).isZero();
        assertThat(server.requests().getLast()).contains("/DeleteSamplingRule").contains("\"RuleName\":\"orders\"");
    }

    @Test
    void refusesARateThatIsNone() {
        assertThat(surroundings.clew("sampling", "set", "orders", "--rate", "200%"))
                .isEqualTo(2);
        assertThat(surroundings.err.toString()).contains("--rate is '200%'.");
        assertThat(server.requests()).isEmpty();
    }
}
