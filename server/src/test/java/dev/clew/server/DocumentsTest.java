// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.wire.CompatibilityReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents that are written from code say what the code does. With {@code -Dclew.documents=write} they are renewed. */
class DocumentsTest {
    private static final Path DOCS = Path.of(System.getProperty("clew.root"), "docs");

    @TempDir
    Path folder;

    @Test
    void compatibilityIsWhatIsBound() throws IOException {
        var settings = Settings.of(
                Map.of(),
                Map.of(),
                Map.of("port", "0", "daemon-port", "0", "durability", "memory", "data", folder.toString()),
                folder);
        try (var clew = Clew.start(settings)) {
            check("compatibility.md", CompatibilityReport.markdown(clew.services()));
        }
    }

    @Test
    void configurationIsWhatTheServerReads() throws IOException {
        var text = new StringBuilder("""
            # Configuration

            One YAML file (`clew start --config FILE`, nested keys join with dots), environment variables, options of `clew start`;
            later ones win. Unknown keys are refused by name. Written from the code.

            | key | environment | default | meaning |
            |---|---|---|---|
            """);
        for (var setting : Setting.values()) {
            text.append("| `%s` | `%s` | %s | %s |\n"
                    .formatted(
                            setting.key(),
                            setting.variable(),
                            setting.otherwise().isEmpty() ? "" : "`" + setting.otherwise() + "`",
                            setting.meaning().replace("|", "·")));
        }
        text.append("""

            `clew start` takes each as `--key value`. Client commands read `CLEW_ENDPOINT` and `CLEW_DATA`. `CLEW_JAVA_HOME` names the JDK for
            Clew alone, `CLEW_JAVA_OPTIONS` adds options for its virtual machine (`-Xmx2g`).
            """);
        check("configuration.md", text.toString());
    }

    private static void check(String name, String expected) throws IOException {
        var file = DOCS.resolve(name);
        if ("write".equals(System.getProperty("clew.documents"))) {
            Files.writeString(file, expected);
        }
        assertThat(Files.readString(file))
                .as("%s is stale; CONTRIBUTING.md says how to renew it", name)
                .isEqualTo(expected);
    }
}
