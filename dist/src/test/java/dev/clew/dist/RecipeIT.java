// SPDX-License-Identifier: Apache-2.0
package dev.clew.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
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
    void everyCommandSucceedsThenASecondRunAsPublishedButForPatchOps() throws IOException {
        try (var server = RunningServer.start(folder.resolve("data"))) {
            var first = RecipeRun.of(Tools.RECIPE, server, folder.resolve("first"));
            assertThat(first.failed()).as("%s", first.output()).isEmpty();
            assertThat(first.commands()).as("%s", first.output()).hasSize(COMMANDS);
            assertThat(first.output().exit()).isZero();
            assertThat(first.output().out()).contains("\"message\": \"Order created successfully\"");

            var second = RecipeRun.of(Tools.RECIPE_AS_PUBLISHED, server, folder.resolve("second"));
            assertThat(second.failed())
                    .as("%s", second.output())
                    .hasSize(1)
                    .allMatch(line -> line.contains("update-stage"));

            var summaries = Tools.orderSystem(server, "summaries");
            assertThat(summaries).hasSize(2);
            var traced = withEntry(summaries, "AWS::ApiGateway::Stage");
            RecipeTrace.checkSummary(traced);
            RecipeTrace.checkDocuments(documents(server, traced));
            assertThat(documents(server, withEntry(summaries, "AWS::Lambda"))).hasSize(13);
        }
    }

    private static JsonNode documents(RunningServer server, JsonNode summary) {
        return Tools.orderSystem(server, "documents", summary.get("Id").asString());
    }

    private static JsonNode withEntry(JsonNode summaries, String type) {
        for (var summary : summaries) {
            if (summary.path("EntryPoint").path("Type").asString("").equals(type)) {
                return summary;
            }
        }
        throw new AssertionError("no trace begins at " + type + ": " + summaries);
    }
}
