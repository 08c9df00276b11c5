// SPDX-License-Identifier: Apache-2.0
package dev.clew.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The console in the machine's Chromium against the packed server. The tests themselves are in {@code console/src/test/browser}:
 * they say that they are skipped where there is no Chromium, unless {@code CI=true}.
 */
class BrowserIT {
    private static final long PATIENCE_MINUTES = 20;

    @Test
    void showsOrdersTracesEventsAndRefusals() throws IOException, InterruptedException {
        var console = Path.of(System.getProperty("clew.root"), "console");
        var builder = new ProcessBuilder("node", "build/maven.mjs", "browser").directory(console.toFile());
        builder.environment().put("CLEW_HOME", RunningServer.HOME.toString());
        builder.environment().put("CLEW_JAVA", RunningServer.java().getFirst());
        var log = RunningServer.HOME.resolveSibling("browser.log");
        // Not our own streams: Maven talks to this process through them.
        var process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            process.getOutputStream().close();
            assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        } finally {
            process.destroy();
        }
    }
}
