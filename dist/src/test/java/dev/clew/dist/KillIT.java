// SPDX-License-Identifier: Apache-2.0
package dev.clew.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} under load: what was answered survives. */
class KillIT {
    private static final int KILL_AFTER = 300;

    @TempDir
    Path folder;

    @BeforeAll
    static void need() {
        Tools.needPython();
    }

    /** Once in every build, as often as the property {@code clew.kills} says when asked for more. */
    @Test
    void everyAcknowledgedEventIsDeliveredAndEverySegmentIsThere() throws Exception {
        for (int kill = 1; kill <= Integer.getInteger("clew.kills", 1); kill++) {
            kill(Files.createDirectory(folder.resolve("kill-" + kill)));
        }
    }

    private static void kill(Path folder) throws Exception {
        var delivered = Files.createFile(folder.resolve("delivered"));
        var events = Files.createFile(folder.resolve("events"));
        var segments = Files.createFile(folder.resolve("segments"));
        var server = start(folder);
        var bus = Tools.orderSystem(server, "deploy-recorder", delivered, "kill")
                .get("bus")
                .asString();
        var putEvents = Tools.startOrderSystem(server, "put-events", bus, 1_000, 5, events);
        var putSegments = Tools.startOrderSystem(server, "put-segments", 1_000, 10, segments);
        await(
                Duration.ofSeconds(60),
                () -> lines(events).size() >= KILL_AFTER && lines(segments).size() >= KILL_AFTER);
        server.kill();
        assertThat(putEvents.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(putSegments.waitFor(60, TimeUnit.SECONDS)).isTrue();

        try (var again = start(folder)) {
            var owed = lines(events);
            assertThat(owed).hasSizeGreaterThanOrEqualTo(KILL_AFTER);
            await(Duration.ofSeconds(180), () -> lines(delivered).containsAll(owed));
            assertThat(Tools.orderSystem(again, "missing-traces", segments)).isEmpty();
        }
    }

    /** Invocations that the kill cut off are tried again after a minute or two: here, after a second or two. */
    private static RunningServer start(Path folder) {
        return RunningServer.start(folder.resolve("data"), "--functions.retry-factor", "0.02");
    }

    /** Whole lines only: the last may be half written. */
    private static Set<String> lines(Path file) {
        try {
            var text = Files.readString(file);
            return new HashSet<>(
                    text.substring(0, text.lastIndexOf('\n') + 1).lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(Duration patience, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited " + patience).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
