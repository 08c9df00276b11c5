// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Short programs run for what they print. */
final class Programs {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MAX_OUTPUT = 65_536;

    private Programs() {}

    /** What {@code command} prints, both streams, stripped; nothing if it is not there, fails, or takes too long. */
    static Optional<String> output(List<String> command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var ended = process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            ended.whenComplete((done, failure) -> process.destroyForcibly());
            var text = new String(process.getInputStream().readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
