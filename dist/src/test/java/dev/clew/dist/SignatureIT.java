// SPDX-License-Identifier: Apache-2.0
package dev.clew.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --auth verify} with the real AWS CLI. */
class SignatureIT {
    @TempDir
    Path data;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        sts get-caller-identity     | SignatureDoesNotMatch
        events list-event-buses     | InvalidSignatureException
        lambda list-functions       | InvalidSignatureException
        cloudwatch list-dashboards  | SignatureDoesNotMatch
        """)
    void aWrongSecretGetsTheServicesOwnErrorCode(String command, String code) throws IOException {
        Tools.needAwsCli();
        try (var server = RunningServer.start(data, "--auth", "verify")) {
            var key = key();
            var right = aws(server, key, command);
            assertThat(right.err()).doesNotContain(code);
            var wrong = new HashMap<>(key);
            wrong.put("AWS_SECRET_ACCESS_KEY", "wrong");
            var refused = aws(server, wrong, command);
            assertThat(refused.exit()).isNotZero();
            assertThat(refused.err()).contains(code);
        }
    }

    @Test
    void theKeyFileIsForItsOwnerOnly() throws IOException {
        try (var server = RunningServer.start(data, "--auth", "verify")) {
            assertThat(server.alive()).isTrue();
            assertThat(Files.getPosixFilePermissions(data.resolve("credentials")))
                    .hasSize(2);
            assertThat(server.log()).doesNotContain(key().get("AWS_SECRET_ACCESS_KEY"));
        }
    }

    @Test
    void openToOthersIsRefusedAtStart() {
        var command = new ArrayList<>(RunningServer.java());
        command.addAll(
                List.of("-cp", RunningServer.HOME.resolve("clew.jar").toString(), "dev.clew.server.Main", "start"));
        command.addAll(List.of("--port", "0", "--daemon-port", "0", "--bind", "0.0.0.0", "--auth", "open"));
        command.addAll(List.of("--otlp-grpc-port", "0", "--otlp-http-port", "0"));
        command.addAll(List.of("--data", data.toString()));
        var output = Tools.run(Map.of(), data, 30, command);
        assertThat(output.exit()).isEqualTo(2);
        assertThat(output.err()).contains("--insecure");
    }

    private Map<String, String> key() throws IOException {
        var lines = Files.readAllLines(data.resolve("credentials"));
        return Map.of(
                "AWS_ACCESS_KEY_ID",
                lines.get(1).split(" = ")[1],
                "AWS_SECRET_ACCESS_KEY",
                lines.get(2).split(" = ")[1]);
    }

    private Tools.Output aws(RunningServer server, Map<String, String> key, String command) {
        var environment = new HashMap<>(Tools.environment(server));
        environment.putAll(key);
        var words = new ArrayList<>(List.of("aws"));
        words.addAll(List.of(command.split(" ")));
        return Tools.run(environment, data, 60, words);
    }
}
