// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Drawings kept as text files, escape characters spelled {@code ␛}. A changed drawing is a changed promise: look at it,
 * then run the tests once with {@code -Dclew.golden=update}.
 */
public final class Golden {
    private Golden() {}

    /** Compares {@code lines} with the file {@code name} under {@code folder} of this module's test resources. */
    public static void assertDrawn(List<String> lines, String folder, String name) {
        var file = Path.of("src/test/resources/dev/clew/cli", folder, "golden", name + ".txt");
        var drawn = String.join("\n", lines).replace('\u001b', '␛') + "\n";
        try {
            if ("update".equals(System.getProperty("clew.golden"))) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, drawn);
            }
            assertThat(drawn).as(file.toString()).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
