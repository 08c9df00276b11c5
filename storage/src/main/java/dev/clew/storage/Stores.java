// SPDX-License-Identifier: Apache-2.0
package dev.clew.storage;

import dev.clew.core.store.Store;
import dev.clew.core.store.StoreException;
import java.nio.file.Path;

/** Opens the store that a server's settings ask for. */
public final class Stores {
    private Stores() {}

    /**
     * @param folder made if it is missing; not touched with {@link Durability#MEMORY}
     * @throws StoreException if the folder cannot be used, or another process uses it
     */
    public static Store open(Path folder, Durability durability) {
        return switch (durability) {
            case FSYNC, OS -> RocksStore.open(folder, durability, RocksSettings.DEFAULTS);
            case MEMORY -> new HeapStore();
        };
    }
}
