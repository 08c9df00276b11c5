// SPDX-License-Identifier: Apache-2.0
package dev.clew.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import dev.clew.testkit.Seeds;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/** A log cut off or with holes anywhere: acknowledged batches before that place are whole, later ones whole or absent. */
final class TornWriteTest {
    private static final int BATCHES = 30;
    private static final long PAGE = 4_096;

    @TempDir
    Path folder;

    @TempDir
    Path copy;

    @ParameterizedTest
    @Seeds(20)
    void opensAfterTheLogWasCutOff(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        var acknowledged = write(random);
        var log = Folders.log(copy);
        var end = random.nextLong(acknowledged.getFirst(), Files.size(log) + 1);
        try (var file = FileChannel.open(log, StandardOpenOption.WRITE)) {
            file.truncate(end);
        }
        verify(acknowledged, end);
    }

    /**
     * Pages of the end of the log that a loss of power kept from the disk read as zeros. (Random bytes are not tried:
     * RocksDB 9.4 and later may read such a log for ever, see its issue 13333.)
     */
    @ParameterizedTest
    @Seeds(20)
    void opensAfterPagesOfTheEndOfTheLogWereLost(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        var acknowledged = write(random);
        var log = Folders.log(copy);
        var from = random.nextLong(acknowledged.getFirst(), Files.size(log));
        try (var file = FileChannel.open(log, StandardOpenOption.WRITE)) {
            for (long at = from; at < Files.size(log); at = (at / PAGE + 1) * PAGE) {
                if (at == from || random.nextBoolean()) {
                    var length = Math.min((at / PAGE + 1) * PAGE, Files.size(log)) - at;
                    file.write(ByteBuffer.allocate((int) length), at);
                }
            }
        }
        verify(acknowledged, from);
    }

    @Test
    void opensACopyMadeWhileCommitsAreOnTheirWay() throws Exception {
        var stop = new AtomicBoolean();
        var done = new AtomicInteger();
        try (var store = RocksStore.open(folder, Durability.FSYNC)) {
            var writer = Thread.ofVirtual().start(() -> {
                var random = new SplittableRandom(1);
                while (!stop.get()) {
                    store.commit(batch(done.get(), random));
                    done.incrementAndGet();
                }
            });
            for (int i = 0; i < 10; i++) {
                awaitMore(done);
                var acknowledged = done.get();
                Folders.copy(folder, copy);
                try (var copied = RocksStore.open(copy, Durability.FSYNC)) {
                    var whole = wholeBatches(copied);
                    assertThat(whole).hasSizeGreaterThanOrEqualTo(acknowledged);
                }
                empty(copy);
            }
            stop.set(true);
            writer.join();
        }
    }

    private static void awaitMore(AtomicInteger done) {
        var before = done.get();
        while (done.get() < before + 5) {
            Thread.onSpinWait();
        }
    }

    private static void empty(Path folder) throws Exception {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    /** Commits and copies the live folder; the length of the log after each acknowledgement. */
    private List<Long> write(SplittableRandom random) throws Exception {
        var lengths = new ArrayList<Long>();
        try (var store = RocksStore.open(folder, Durability.FSYNC)) {
            for (int i = 0; i < BATCHES; i++) {
                store.commit(batch(i, random));
                lengths.add(Files.size(Folders.log(folder)));
            }
            Folders.copy(folder, copy);
        }
        return lengths;
    }

    /** Batch {@code i}: 2 to 40 keys over three tables, each value telling how many there are. */
    private static WriteBatch batch(int i, SplittableRandom random) {
        var batch = new WriteBatch();
        var size = random.nextInt(2, 40);
        for (int n = 0; n < size; n++) {
            var value = size + " " + "x".repeat(random.nextInt(400));
            batch.put("t" + n % 3, "%05d/%02d".formatted(i, n), value.getBytes(UTF_8));
        }
        return batch;
    }

    private void verify(List<Long> acknowledged, long intact) {
        try (var store = RocksStore.open(copy, Durability.FSYNC)) {
            var whole = wholeBatches(store);
            for (int i = 0; i < acknowledged.size(); i++) {
                if (acknowledged.get(i) <= intact) {
                    assertThat(whole)
                            .as("acknowledged at %d", acknowledged.get(i))
                            .containsKey(i);
                }
            }
            store.commit(new WriteBatch().put("after", "k", new byte[1]));
        }
        try (var store = RocksStore.open(copy, Durability.FSYNC)) {
            assertThat(store.get("after", "k".getBytes(UTF_8))).isNotNull();
            wholeBatches(store);
        }
    }

    /** The batches found, each checked to be whole. */
    private static Map<Integer, Integer> wholeBatches(Store store) {
        var found = new HashMap<Integer, Integer>();
        var sizes = new HashMap<Integer, Integer>();
        for (var table : List.of("t0", "t1", "t2")) {
            for (var entry : store.scan(table, new byte[0], null, Integer.MAX_VALUE)) {
                var batch = Integer.parseInt(new String(entry.key(), UTF_8).substring(0, 5));
                found.merge(batch, 1, Integer::sum);
                sizes.put(batch, Integer.valueOf(new String(entry.value(), UTF_8).split(" ", 2)[0]));
            }
        }
        assertThat(found).isEqualTo(sizes);
        return found;
    }
}
