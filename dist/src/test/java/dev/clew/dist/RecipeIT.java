// SPDX-License-Identifier: Apache-2.0
package dev.clew.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The recipe's own commands, sent by the real AWS CLI and curl, with its own Python functions. */
class RecipeIT {
    /** Commands of the recipe that aws or curl run, those in $(…) included. */
    private static final int COMMANDS = 56;

    @TempDir
    Path folder;

    @BeforeAll
    static void need() {
        Tools.needAwsCli();
        Tools.needPython();
    }

    @Test
    void everyCommandSucceedsAndASecondRunToo() throws IOException {
        try (var server = RunningServer.start(folder.resolve("data"))) {
            for (var name : List.of("first", "second")) {
                var run = RecipeRun.of(Tools.RECIPE, server, folder.resolve(name));
                assertThat(run.failed()).as("%s", run.output()).isEmpty();
                assertThat(run.commands()).as("%s", run.output()).hasSize(COMMANDS);
                assertThat(run.output().exit()).isZero();
                assertThat(run.output().out()).contains("\"message\": \"Order created successfully\"");
            }
            var traces = withOrigin(Tools.orderSystem(server, "summaries"), "AWS::ApiGateway::Stage");
            assertThat(traces).hasSize(2);
            for (var summary : traces) {
                RecipeTrace.checkSummary(summary);
                RecipeTrace.checkDocuments(
                        Tools.orderSystem(server, "documents", summary.get("Id").asString()));
            }
        }
    }

    @Test
    void asPublishedOnlyPatchOpsFailsAndTheTraceStartsAtTheOrderFunction() throws IOException {
        try (var server = RunningServer.start(folder.resolve("data"))) {
            var run = RecipeRun.of(Tools.RECIPE_AS_PUBLISHED, server, folder.resolve("run"));
            assertThat(run.failed()).as("%s", run.output()).hasSize(1).allMatch(line -> line.contains("update-stage"));
            var summaries = Tools.orderSystem(server, "summaries");
            assertThat(summaries).hasSize(1);
            assertThat(summaries.get(0).get("EntryPoint").get("Type").asString())
                    .isEqualTo("AWS::Lambda");
            assertThat(Tools.orderSystem(
                            server, "documents", summaries.get(0).get("Id").asString()))
                    .hasSize(13);
        }
    }

    private static List<JsonNode> withOrigin(JsonNode summaries, String origin) {
        var found = new ArrayList<JsonNode>();
        for (var summary : summaries) {
            if (summary.path("EntryPoint").path("Type").asString("").equals(origin)) {
                found.add(summary);
            }
        }
        return found;
    }
}
