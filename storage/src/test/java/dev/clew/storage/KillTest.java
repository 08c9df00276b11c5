// SPDX-License-Identifier: Apache-2.0
package dev.clew.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.core.store.Store;
import dev.clew.core.store.StoreException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real process, killed at an arbitrary instant, again and again in one folder. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class KillTest {
    private static final int KILLS = 3;
    private static final int LINES = 500;

    @TempDir
    Path folder;

    @TempDir
    Path temporary;

    @ParameterizedTest
    @EnumSource(names = {"FSYNC", "OS"})
    void keepsEveryAcknowledgedBatchWhole(Durability durability) throws Exception {
        var acknowledged = new TreeSet<String>();
        for (int i = 0; i < KILLS; i++) {
            acknowledged.addAll(commitUntilKilled(durability));
            try (var store = RocksStore.open(folder, durability)) {
                var left = keys(store, "left");
                assertThat(left).containsAll(acknowledged);
                assertThat(keys(store, "right")).isEqualTo(left);
            }
        }
        assertThat(temporary).as("15 MB of native code per kill").isEmptyDirectory();
    }

    private Set<String> commitUntilKilled(Durability durability) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        CommitUntilKilled.class.getName(),
                        folder.toString(),
                        durability.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var acknowledged = new TreeSet<String>();
        try (var lines = process.inputReader(UTF_8)) {
            String line;
            while ((line = lines.readLine()) != null) {
                acknowledged.add(line);
                if (acknowledged.size() == LINES) {
                    assertThatThrownBy(() -> RocksStore.open(folder, durability))
                            .isInstanceOf(StoreException.class)
                            .hasMessage("another clew uses " + folder + " (process " + process.pid() + ")");
                    process.toHandle().destroyForcibly(); // keeps the pipe open: what was printed still counts
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(LINES);
        return acknowledged.stream()
                .filter(key -> key.length() == 9)
                .collect(Collectors.toSet()); // the last line may be cut
    }

    private static List<String> keys(Store store, String table) {
        return store.scan(table, new byte[0], null, Integer.MAX_VALUE).stream()
                .map(entry -> new String(entry.key(), UTF_8))
                .toList();
    }
}
