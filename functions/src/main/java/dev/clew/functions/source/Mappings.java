// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.source;

import dev.clew.core.Scope;
import dev.clew.core.store.RecordTable;
import dev.clew.core.store.Store;
import dev.clew.functions.api.LambdaErrors;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** All event source mappings; each change is durable before it is visible. Safe for use by many threads. */
final class Mappings {
    private final RecordTable<Mapping> table;
    private final ReentrantLock changes = new ReentrantLock();
    private final Consumer<String> changed;

    /** @param changed gets the key of each mapping that was put or removed; must not block */
    Mappings(Store store, Consumer<String> changed) {
        table = RecordTable.open(store, "function-event-sources", Mapping.class);
        this.changed = changed;
    }

    /** Every mapping of every account. */
    List<Mapping> all() {
        return table.list("");
    }

    List<Mapping> of(Scope scope) {
        return table.list(scope.key() + '/');
    }

    Optional<Mapping> find(String key) {
        return table.find(key);
    }

    /** @throws dev.clew.wire.ServiceException if there is none */
    Mapping require(Scope scope, String uuid) {
        return find(Mapping.key(scope, uuid))
                .orElseThrow(
                        () -> LambdaErrors.resourceNotFoundException("The resource you requested does not exist."));
    }

    /** Runs {@code change} while no other change happens. */
    <T> T change(Supplier<T> change) {
        changes.lock();
        try {
            return change.get();
        } finally {
            changes.unlock();
        }
    }

    void put(Mapping mapping) {
        table.put(mapping.key(), mapping);
        changed.accept(mapping.key());
    }

    void remove(Mapping mapping) {
        table.remove(mapping.key());
        changed.accept(mapping.key());
    }
}
