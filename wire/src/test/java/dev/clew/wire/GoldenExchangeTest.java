// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One file per exchange as it appears on the wire: a change to a file is a change to a promise. With the system property
 * {@code golden.write} the answers are written into the files, to be reviewed.
 */
class GoldenExchangeTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    static List<String> exchanges() throws IOException {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .map(file -> FOLDER.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void answersAsRecorded(String name) throws IOException {
        var file = FOLDER.resolve(name);
        var text = Files.readString(file);
        var exchange = Exchange.parse(text);

        var answer = Exchange.text(Doors.open().handle(exchange.request()));

        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(file, text.substring(0, text.indexOf("\n---\n")) + "\n---\n" + answer + "\n");
        }
        assertThat(answer).isEqualTo(exchange.response());
    }
}
