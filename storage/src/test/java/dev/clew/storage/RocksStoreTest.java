// SPDX-License-Identifier: Apache-2.0
package dev.clew.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.core.store.Store;
import dev.clew.core.store.StoreContract;
import dev.clew.core.store.StoreException;
import dev.clew.core.store.WriteBatch;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/** The contract on RocksDB, as it is, after a reopen and after the end of the process; and what only it promises. */
final class RocksStoreTest {
    @TempDir
    Path folder;

    @Nested
    final class Open extends StoreContract {
        @Override
        protected Store open() {
            return RocksStore.open(folder, Durability.FSYNC);
        }
    }

    @Nested
    final class WithoutFlush extends StoreContract {
        @Override
        protected Store open() {
            return RocksStore.open(folder, Durability.OS);
        }
    }

    @Nested
    final class Reopened extends StoreContract {
        @Override
        protected Store open() {
            return RocksStore.open(folder, Durability.FSYNC);
        }

        @Override
        protected Store settle(Store written) {
            written.close();
            return open();
        }
    }

    /** A copy of the files of a store in use is what a crash leaves. */
    @Nested
    final class Crashed extends StoreContract {
        @TempDir
        Path copy;

        @Override
        protected Store open() {
            return RocksStore.open(folder, Durability.FSYNC);
        }

        @Override
        protected Store settle(Store written) throws Exception {
            Folders.copy(folder, copy);
            written.close();
            return RocksStore.open(copy, Durability.FSYNC);
        }
    }

    @Test
    void refusesAFolderInUse() {
        try (var _ = RocksStore.open(folder, Durability.FSYNC)) {
            assertThatThrownBy(() -> RocksStore.open(folder, Durability.FSYNC))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("another clew uses " + folder + " (process "
                            + ProcessHandle.current().pid() + ")");
        }
        RocksStore.open(folder, Durability.FSYNC).close();
    }

    @Test
    void refusesAFileInPlaceOfAFolder() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> RocksStore.open(file, Durability.FSYNC))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("cannot use " + file);
    }

    @Test
    void refusesABrokenFolderAndReleasesIt() throws Exception {
        RocksStore.open(folder, Durability.FSYNC).close();
        var current = folder.resolve("CURRENT");
        var manifest = Files.readString(current);
        Files.writeString(current, "garbage");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> RocksStore.open(folder, Durability.FSYNC))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("cannot open " + folder);
        }
        Files.writeString(current, manifest);
        RocksStore.open(folder, Durability.FSYNC).close();
    }

    @Test
    void refusesANewerFormat() throws Exception {
        RocksStore.open(folder, Durability.FSYNC).close();
        try (var options = new Options();
                var plain = RocksDB.open(options, folder.toString())) {
            plain.put("format".getBytes(UTF_8), "2".getBytes(UTF_8));
        }
        assertThatThrownBy(() -> RocksStore.open(folder, Durability.FSYNC))
                .isInstanceOf(StoreException.class)
                .hasMessage(folder + ": format 2 (expected: 1; a newer clew wrote it)");
    }

    @Test
    void refusesUseAfterClose() throws Exception {
        var store = RocksStore.open(folder, Durability.FSYNC);
        store.commit(new WriteBatch().put("t", "k", new byte[1]));
        store.close();
        store.close();
        var key = new byte[0];
        assertThatThrownBy(() -> store.get("t", key)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.scan("t", key, null, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(store::tables).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.drop("t")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.commit(new WriteBatch().put("t", "k", key)))
                .isInstanceOf(IllegalStateException.class);
        var virtual = Thread.ofVirtual()
                .start(() -> assertThatThrownBy(() -> store.get("t", key)).isInstanceOf(IllegalStateException.class));
        virtual.join();
    }

    @Test
    void refusesABatchThatIsTooLargeAndGoesOn() {
        var small = new RocksSettings(1 << 20, 1 << 20, 10, 1000, 1000, 1, 1);
        try (var store = RocksStore.open(folder, Durability.OS, small)) {
            assertThatThrownBy(() -> store.commit(new WriteBatch().put("t", "k", new byte[1000])))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("batch: 1001 bytes (expected: at most 1000)");
            store.commit(new WriteBatch().put("t", "k", new byte[999]));
            assertThat(store.get("t", "k".getBytes(UTF_8))).hasSize(999);
        }
    }

    @Test
    void keepsDataThroughFlushesAndCompactions() {
        var small = new RocksSettings(1 << 20, 1 << 20, 100, 1 << 20, 1 << 20, 1, 10);
        var value = new byte[10_000];
        for (int round = 0; round < 3; round++) {
            try (var store = RocksStore.open(folder, Durability.OS, small)) {
                for (int i = 0; i < 400; i++) {
                    store.commit(new WriteBatch().put("t" + i % 4, "%d-%03d".formatted(round, i), value));
                }
            }
        }
        try (var store = RocksStore.open(folder, Durability.FSYNC)) {
            assertThat(store.tables()).containsExactlyInAnyOrder("t0", "t1", "t2", "t3");
            for (var table : store.tables()) {
                assertThat(store.scan(table, new byte[0], null, Integer.MAX_VALUE))
                        .hasSize(300);
            }
        }
    }
}
