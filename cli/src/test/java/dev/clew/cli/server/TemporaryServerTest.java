// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.cli.TestSurroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryServerTest {
    private static final String MAIN = "clew.server.main";

    @TempDir
    private Path home;

    private TestSurroundings surroundings;

    @BeforeEach
    void nobodyAnswers() {
        System.setProperty(MAIN, FakeServerMain.class.getName());
        surroundings = new TestSurroundings(home).with("CLEW_ENDPOINT", "http://127.0.0.1:1");
    }

    @AfterEach
    void restore() {
        System.clearProperty(MAIN);
    }

    @Test
    void runStartsAServerWhenNoneAnswersAndEndsItAfterwards() throws IOException {
        var script = "echo \"$AWS_ENDPOINT_URL $AWS_ACCESS_KEY_ID\" > \"$0/seen\"";
        assertThat(surroundings.clew("run", "--", "sh", "-c", script, home.toString()))
                .isZero();
        var seen = Files.readString(home.resolve("seen")).strip().split(" ");
        assertThat(seen[1]).isEqualTo("AKIATEMP");
        assertThat(Endpoint.parse(seen[0]).health()).isEmpty();
        assertThat(surroundings.err.toString()).contains("starting a temporary one");
    }

    @Test
    void saysWhyAServerDidNotStart() {
        System.setProperty(MAIN, "no.such.Main");
        assertThat(surroundings.clew("run", "--", "true")).isEqualTo(4);
        assertThat(surroundings.err.toString())
                .contains("A temporary server did not get ready.", "no.such.Main", "clew doctor");
    }
}
