// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.cli.TestSurroundings;
import dev.clew.cli.server.FakeServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir
    private Path home;

    @Test
    void saysWhatIsThereAndHowToGetTheRest() throws IOException {
        try (var server = new FakeServer()) {
            var surroundings = new TestSurroundings(home).with("CLEW_ENDPOINT", server.url());
            assertThat(surroundings.clew("doctor")).isBetween(0, 1);
            assertThat(surroundings.out.toString())
                    .contains("✓ java", "python3", "node", "aws", "ports")
                    .contains("✓ server   Clew 9.9 at " + server.url() + ", auth open")
                    .contains("– region   absent: none in " + home)
                    .contains("use `clew run`");
        }
    }

    @Test
    void findsTheRegionThatTheCliWouldFind() throws IOException {
        Files.createDirectories(home.resolve(".aws"));
        Files.writeString(
                home.resolve(".aws/config"), "[profile x]\nregion=eu-west-1\n[default]\nregion = us-west-2\n");
        var surroundings = new TestSurroundings(home).with("CLEW_ENDPOINT", "http://127.0.0.1:1");
        surroundings.clew("doctor", "--json");
        assertThat(surroundings.out.toString()).contains("us-west-2 in ", "none answers at http://127.0.0.1:1");
    }

    @Test
    void buildsLayersOfKnownRuntimesOnly() {
        var surroundings = new TestSurroundings(home);
        assertThat(surroundings.clew("layer", "cobol")).isEqualTo(2);
        assertThat(surroundings.err.toString()).contains("There is no layer for 'cobol'.");
    }
}
