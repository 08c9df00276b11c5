// SPDX-License-Identifier: Apache-2.0
package dev.clew.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.clew.core.store.WriteBatch;
import java.nio.file.Path;

/** A process that commits on many virtual threads and prints each key once it is acknowledged, until it is killed. */
final class CommitUntilKilled {
    private static final int WRITERS = 16;

    private CommitUntilKilled() {}

    /** @param args the folder and the {@link Durability} */
    public static void main(String[] args) throws InterruptedException {
        var store = RocksStore.open(Path.of(args[0]), Durability.valueOf(args[1]));
        for (int i = 0; i < WRITERS; i++) {
            var writer = i;
            Thread.ofVirtual().start(() -> {
                for (int n = 0; ; n++) {
                    var key = "%02d-%06d".formatted(writer, n);
                    store.commit(new WriteBatch()
                            .put("left", key, key.getBytes(UTF_8))
                            .put("right", key, key.getBytes(UTF_8)));
                    System.out.println(key);
                }
            });
        }
        Thread.currentThread().join();
    }
}
