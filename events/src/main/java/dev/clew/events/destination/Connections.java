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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Connections as they stand, durable, their credentials sealed. Safe for use by many threads. */
final class Connections {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String RESOURCE = "connection/";

    private final RecordTable<Connection> table;
    private final Vault vault;
    private final ReentrantLock changes = new ReentrantLock();

    Connections(Store store, Vault vault) {
        this.table = RecordTable.open(store, "events.connections", Connection.class);
        this.vault = vault;
    }

    /** Runs {@code change} while nobody else changes a connection: a read-modify-write belongs in here. */
    <T> T changing(Supplier<T> change) {
        changes.lock();
        try {
            return change.get();
        } finally {
            changes.unlock();
        }
    }

    Optional<Connection> find(Scope scope, String name) {
        return table.find(Connection.key(scope, name));
    }

    /** The connection with this ARN, id included. */
    Optional<Connection> find(String arn) {
        return Arn.parse(arn)
                .filter(parsed ->
                        parsed.service().equals("events") && parsed.resource().startsWith(RESOURCE))
                .flatMap(parsed -> {
                    var path = parsed.resource().substring(RESOURCE.length());
                    int slash = path.indexOf('/');
                    return slash < 0 ? Optional.empty() : find(parsed.scope(), path.substring(0, slash));
                })
                .filter(connection -> connection.arn().equals(arn));
    }

    /** In order of their names. */
    List<Connection> list(Scope scope) {
        return table.list(scope.key() + '/');
    }

    /** Of every account and region. */
    List<Connection> all() {
        return table.list("");
    }

    void put(Connection connection) {
        table.put(connection.key(), connection);
    }

    void remove(Connection connection) {
        table.remove(connection.key());
    }

    /** {@code credentials} in the form that is stored for the connection with this id. */
    String seal(Credentials credentials, String id) {
        return vault.seal(JSON.writeValueAsBytes(credentials), id);
    }

    /** The credentials of {@code connection}; null if it has none. */
    @Nullable
    Credentials credentials(Connection connection) {
        var sealed = connection.sealed();
        return sealed == null ? null : JSON.readValue(vault.open(sealed, connection.id()), Credentials.class);
    }
}
