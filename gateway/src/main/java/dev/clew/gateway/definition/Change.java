// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.definition;

import dev.clew.core.Scope;
import dev.clew.core.store.RecordTable;
import dev.clew.core.store.RecordTable.Edit;
import dev.clew.core.store.WriteBatch;
import dev.clew.gateway.api.Account;
import dev.clew.gateway.api.Resource;
import dev.clew.gateway.api.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Changes to {@link Definitions} that become durable together, or not at all. Not safe for use by many threads. */
public final class Change {
    private final Definitions definitions;
    private final WriteBatch batch = new WriteBatch();
    private final List<Runnable> visible = new ArrayList<>();

    Change(Definitions definitions) {
        this.definitions = definitions;
    }

    public Change put(ApiKey key, ApiDefinition api) {
        visible.add(() -> definitions.keys.put(key.id(), key));
        return edit(definitions.apis, key.text(), api);
    }

    public Change put(ApiKey key, Resource resource) {
        return edit(definitions.resources, key.part(Objects.requireNonNull(resource.id())), resource);
    }

    public Change removeResource(ApiKey key, String id) {
        return edit(definitions.resources, key.part(id), null);
    }

    public Change put(ApiKey key, Snapshot snapshot) {
        return edit(definitions.snapshots, key.part(snapshot.id()), snapshot);
    }

    public Change removeSnapshot(ApiKey key, String id) {
        return edit(definitions.snapshots, key.part(id), null);
    }

    public Change put(ApiKey key, Stage stage) {
        return edit(definitions.stages, key.part(Objects.requireNonNull(stage.stageName())), stage);
    }

    public Change removeStage(ApiKey key, String name) {
        return edit(definitions.stages, key.part(name), null);
    }

    public Change put(Scope scope, Account account) {
        return edit(definitions.accounts, scope.key(), account);
    }

    /** Removes the API with everything that belongs to it. */
    public Change removeApi(ApiKey key) {
        visible.add(() -> definitions.keys.remove(key.id()));
        edit(definitions.apis, key.text(), null);
        for (var table : List.of(definitions.stages, definitions.snapshots, definitions.resources)) {
            removeAll(table, key.prefix());
        }
        return this;
    }

    /** Returns once everything is durable and visible. */
    public void commit() {
        definitions.store.commit(batch);
        visible.forEach(Runnable::run);
    }

    private <T> void removeAll(RecordTable<T> table, String prefix) {
        List.copyOf(table.entries(prefix).keySet()).forEach(key -> edit(table, key, null));
    }

    private <T> Change edit(RecordTable<T> table, String key, @Nullable T value) {
        visible.add(table.stage(batch, List.of(new Edit<>(key, value))));
        return this;
    }
}
