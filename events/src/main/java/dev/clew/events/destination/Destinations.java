// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.core.store.RecordTable;
import dev.clew.core.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** API destinations as they stand, durable. Safe for use by many threads. */
final class Destinations {
    private final RecordTable<Destination> table;
    private final ReentrantLock changes = new ReentrantLock();

    Destinations(Store store) {
        this.table = RecordTable.open(store, "events.api-destinations", Destination.class);
    }

    /** Runs {@code change} while nobody else changes a destination: a read-modify-write belongs in here. */
    <T> T changing(Supplier<T> change) {
        changes.lock();
        try {
            return change.get();
        } finally {
            changes.unlock();
        }
    }

    Optional<Destination> find(Scope scope, String name) {
        return table.find(scope.key() + '/' + name);
    }

    /** The destination with this ARN, id included. */
    Optional<Destination> find(String arn) {
        return Arn.parse(arn)
                .filter(parsed -> parsed.resource().startsWith(Destination.RESOURCE))
                .flatMap(parsed -> {
                    var path = parsed.resource().substring(Destination.RESOURCE.length());
                    int slash = path.indexOf('/');
                    return slash < 0 ? Optional.empty() : find(parsed.scope(), path.substring(0, slash));
                })
                .filter(destination -> destination.arn().equals(arn));
    }

    /** In order of their names. */
    List<Destination> list(Scope scope) {
        return table.list(scope.key() + '/');
    }

    void put(Destination destination) {
        table.put(destination.key(), destination);
    }

    void remove(Destination destination) {
        table.remove(destination.key());
    }
}
