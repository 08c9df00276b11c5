// SPDX-License-Identifier: Apache-2.0
package dev.clew.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** EventBridge and SQS as the AWS SDK for JavaScript sees them: the one that the console is built with. */
class JavaScriptClientIT {
    @TempDir
    Path data;

    @Test
    void everyServedOperationAnswers() throws IOException {
        var root = Path.of(System.getProperty("clew.root"));
        Tools.needNode(root.resolve("console"));
        try (var server = RunningServer.start(data)) {
            var script = root.resolve("dist/src/test/javascript/every_operation.mjs");
            var command =
                    List.of("node", script.toString(), root.resolve("console").toString());
            var output = Tools.run(Tools.environment(server), root, 120, command);
            assertThat(output.exit()).as(output.err()).isZero();
            var answered = JsonMapper.shared().readTree(output.out());
            assertThat(texts(answered.get("events"))).containsExactlyElementsOf(bound(root, "events"));
            assertThat(texts(answered.get("sqs"))).containsExactlyElementsOf(bound(root, "queues"));
        }
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    /** The operations that a module says it serves. */
    private static List<String> bound(Path root, String module) throws IOException {
        var file = root.resolve(module)
                .resolve("src/main/models/" + (module.equals("events") ? "events" : "sqs") + ".operations");
        return Files.readAllLines(file).stream()
                .dropWhile(line -> !line.equals("bound:"))
                .skip(1)
                .takeWhile(line -> line.startsWith("  "))
                .map(String::strip)
                .sorted()
                .toList();
    }
}
