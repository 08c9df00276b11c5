// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.cli.TestSurroundings;
import dev.clew.cli.server.FakeServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
    @TempDir
    private Path home;

    private FakeServer server;
    private TestSurroundings surroundings;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        surroundings = new TestSurroundings(home).with("CLEW_ENDPOINT", server.url());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aimsTheCommandAtTheServer() throws IOException {
        var seen = run("env > \"$0/env\"; cp \"$AWS_CONFIG_FILE\" \"$0/config\"; cp \"$SSL_CERT_FILE\" \"$0/bundle\"");
        assertThat(seen)
                .containsEntry("AWS_ENDPOINT_URL", server.url())
                .containsEntry("AWS_REGION", "eu-west-3")
                .containsEntry("AWS_ACCESS_KEY_ID", "clew")
                .containsEntry("AWS_XRAY_DAEMON_ADDRESS", "127.0.0.1:2000")
                .containsKeys("https_proxy", "HTTPS_PROXY", "no_proxy", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS");
        assertThat(home.resolve("config")).hasContent("[default]\nregion = eu-west-3\n");
        assertThat(Files.readString(home.resolve("bundle"))).contains("BEGIN CERTIFICATE");
    }

    @Test
    void leavesNothingBehind() throws IOException {
        var seen = run("env > \"$0/env\"");
        assertThat(Path.of(seen.getProperty("AWS_CONFIG_FILE")).getParent()).doesNotExist();
    }

    @Test
    void readsTheServersOwnKeyPair() throws IOException {
        Files.createDirectories(home.resolve(".clew/data"));
        Files.writeString(
                home.resolve(".clew/data/credentials"),
                "# made by clew\n[default]\naws_access_key_id = AKIAOWN\naws_secret_access_key = a/b+c=\n"
                        + "[other]\naws_access_key_id = no\n");
        surroundings.with("AWS_ACCESS_KEY_ID", "AKIAFOREIGN");
        assertThat(run("env > \"$0/env\""))
                .containsEntry("AWS_ACCESS_KEY_ID", "AKIAOWN")
                .containsEntry("AWS_SECRET_ACCESS_KEY", "a/b+c=");
    }

    @Test
    void endsLikeTheCommand() {
        assertThat(surroundings.clew("run", "--", "sh", "-c", "exit 42")).isEqualTo(42);
        assertThat(surroundings.clew("run", "--", "sh", "-c", "kill -TERM $$")).isEqualTo(143);
    }

    @Test
    void passesOptionsOfTheCommandOn() {
        assertThat(surroundings.clew("run", "sh", "-c", "test \"$0\" = --json", "--json"))
                .isZero();
    }

    @Test
    void saysWhenThereIsNoSuchCommand() {
        assertThat(surroundings.clew("run", "--", "no-such-command-here")).isEqualTo(127);
        assertThat(surroundings.err.toString()).contains("'no-such-command-here' is not a command here.");
    }

    @Test
    void quotesExportsForTheShell() {
        surroundings.with("AWS_PROFILE", "work").with("AWS_ACCESS_KEY_ID", "it's");
        assertThat(surroundings.clew("env")).isZero();
        assertThat(surroundings.out.toString().lines())
                .contains(
                        "unset AWS_PROFILE",
                        "export AWS_ENDPOINT_URL='" + server.url() + "'",
                        "export AWS_ACCESS_KEY_ID='it'\\''s'");
    }

    @Test
    void printsNoExportsWhenNoServerAnswers() {
        surroundings.with("CLEW_ENDPOINT", "http://127.0.0.1:1");
        assertThat(surroundings.clew("env")).isEqualTo(3);
        assertThat(surroundings.out.toString()).isEmpty();
        assertThat(surroundings.err.toString())
                .isEqualTo("clew: No Clew answers at http://127.0.0.1:1.\n"
                        + "      Start one with `clew start`, or name another with --endpoint or CLEW_ENDPOINT.\n");
    }

    private Properties run(String script) throws IOException {
        assertThat(surroundings.clew("run", "--", "sh", "-c", script, home.toString()))
                .isZero();
        var seen = new Properties();
        for (var line : Files.readAllLines(home.resolve("env"))) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                seen.setProperty(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return seen;
    }
}
