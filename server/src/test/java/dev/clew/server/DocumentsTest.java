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

/**
 * The documents that are made from code say what the code says. {@code mvn -pl server -am verify
 * -Dclew.documents=write} writes them anew.
 */
class DocumentsTest {
    private static final Path DOCS = Path.of(System.getProperty("clew.root"), "docs");

    @Test
    void compatibilityIsWhatTheServerBinds(@TempDir Path folder) throws IOException {
        var ports = Map.of(
                "port", "0", "daemon-port", "0", "otlp-grpc-port", "0", "otlp-http-port", "0", "durability", "memory");
        var settings = Settings.of(Map.of(), Map.of(), ports, folder);
        try (var clew = Clew.start(settings)) {
            check("compatibility.md", CompatibilityReport.markdown(clew.services()));
        }
    }

    @Test
    void configurationNamesEverySetting() throws IOException {
        var page = new StringBuilder("""
            # Configuration

            Generated from the settings that the server knows. Do not edit: change the code, and generate it again.

            Later sources win: the defaults, the file given with `--config`, environment variables, options of `clew start`. The file is
            YAML, nested or with dotted keys; an option is `--KEY VALUE`. A key that is not in this list stops the start.

            | key | environment variable | default | meaning |
            |---|---|---|---|
            """);
        for (var setting : Setting.values()) {
            var otherwise = setting.otherwise().isEmpty() ? "" : "`" + setting.otherwise() + "`";
            page.append("| `%s` | `%s` | %s | %s |\n"
                    .formatted(
                            setting.key(),
                            setting.variable(),
                            otherwise,
                            setting.meaning().replace("|", "\\|")));
        }
        check("configuration.md", page.toString());
    }

    private static void check(String name, String text) throws IOException {
        var file = DOCS.resolve(name);
        if (System.getProperty("clew.documents").equals("write")) {
            Files.writeString(file, text);
        }
        assertThat(file).as("renew it with -Dclew.documents=write").hasContent(text);
    }
}
