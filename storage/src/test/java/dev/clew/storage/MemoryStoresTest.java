// SPDX-License-Identifier: Apache-2.0
package dev.clew.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.core.store.Store;
import dev.clew.core.store.StoreContract;
import dev.clew.core.store.WriteBatch;
import dev.clew.testkit.MemoryStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract on the heap. */
final class MemoryStoresTest {
    @Nested
    final class OfTheServer extends StoreContract {
        @Override
        protected Store open() {
            return Stores.open(Path.of("not touched"), Durability.MEMORY);
        }
    }

    @Nested
    final class OfTests extends StoreContract {
        @Override
        protected Store open() {
            return new MemoryStore();
        }
    }

    @Test
    void refusesUseAfterClose() {
        var store = new HeapStore();
        store.close();
        assertThatThrownBy(store::tables).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.commit(new WriteBatch())).isInstanceOf(IllegalStateException.class);
        assertThat(Path.of("not touched")).doesNotExist();
    }
}
