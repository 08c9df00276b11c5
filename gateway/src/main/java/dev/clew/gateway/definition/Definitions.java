// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.definition;

import static dev.clew.gateway.api.ApigatewayErrors.notFoundException;

import dev.clew.core.Scope;
import dev.clew.core.store.RecordTable;
import dev.clew.core.store.Store;
import dev.clew.gateway.api.Account;
import dev.clew.gateway.api.Resource;
import dev.clew.gateway.api.Stage;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * All REST APIs of the server. Reads come from memory; changes are durable before they are visible. Safe for use by
 * many threads; whoever reads in order to change does both inside {@link #exclusively}.
 */
public final class Definitions {
    final Store store;
    final RecordTable<ApiDefinition> apis;
    final RecordTable<Resource> resources;
    final RecordTable<Snapshot> snapshots;
    final RecordTable<Stage> stages;
    final RecordTable<Account> accounts;

    /** Requests name an API by its id alone, so ids are unique in the whole server. */
    final ConcurrentHashMap<String, ApiKey> keys = new ConcurrentHashMap<>();

    private final ReentrantLock writing = new ReentrantLock();

    private Definitions(Store store) {
        this.store = store;
        apis = RecordTable.open(store, "gateway.apis", ApiDefinition.class);
        resources = RecordTable.open(store, "gateway.resources", Resource.class);
        snapshots = RecordTable.open(store, "gateway.deployments", Snapshot.class);
        stages = RecordTable.open(store, "gateway.stages", Stage.class);
        accounts = RecordTable.open(store, "gateway.accounts", Account.class);
        apis.entries("").forEach((key, api) -> {
            var parts = key.split("/", 3);
            keys.put(api.id(), new ApiKey(new Scope(parts[0], parts[1]), api.id()));
        });
    }

    /** The definitions that {@code store} holds. */
    public static Definitions open(Store store) {
        return new Definitions(store);
    }

    /** Runs {@code change} while nobody else changes anything. */
    public <T> T exclusively(Supplier<T> change) {
        writing.lock();
        try {
            return change.get();
        } finally {
            writing.unlock();
        }
    }

    /** Changes that become durable together. */
    public Change change() {
        return new Change(this);
    }

    /** The API of this id, in whichever account and region it lives. */
    public Optional<ApiKey> locate(String apiId) {
        return Optional.ofNullable(keys.get(apiId));
    }

    public Optional<ApiDefinition> find(ApiKey key) {
        return apis.find(key.text());
    }

    /** @throws dev.clew.wire.ServiceException NotFoundException if there is no such API */
    public ApiDefinition api(ApiKey key) {
        return find(key)
                .orElseThrow(() -> notFoundException(
                        "Invalid API identifier specified " + key.scope().account() + ':' + key.id()));
    }

    /** The APIs of {@code scope}, by id. */
    public List<ApiDefinition> apis(Scope scope) {
        return apis.list(scope.key() + '/');
    }

    /** @throws dev.clew.wire.ServiceException NotFoundException if there is no such resource */
    public Resource resource(ApiKey key, String id) {
        return resources
                .find(key.part(id))
                .orElseThrow(() -> notFoundException("Invalid Resource identifier specified"));
    }

    /** The API's resources by path, so the root is first. */
    public List<Resource> resources(ApiKey key) {
        return resources.list(key.prefix()).stream()
                .sorted(Comparator.comparing(resource -> Objects.requireNonNull(resource.path())))
                .toList();
    }

    public Optional<Snapshot> findSnapshot(ApiKey key, String deploymentId) {
        return snapshots.find(key.part(deploymentId));
    }

    /** @throws dev.clew.wire.ServiceException NotFoundException if there is no such deployment */
    public Snapshot snapshot(ApiKey key, String deploymentId) {
        return findSnapshot(key, deploymentId)
                .orElseThrow(() -> notFoundException("Invalid Deployment identifier specified"));
    }

    /** The API's deployments, by id. */
    public List<Snapshot> snapshots(ApiKey key) {
        return snapshots.list(key.prefix());
    }

    public Optional<Stage> findStage(ApiKey key, String name) {
        return stages.find(key.part(name));
    }

    /** @throws dev.clew.wire.ServiceException NotFoundException if there is no such stage */
    public Stage stage(ApiKey key, String name) {
        return findStage(key, name).orElseThrow(() -> notFoundException("Invalid Stage identifier specified"));
    }

    /** The API's stages, by name. */
    public List<Stage> stages(ApiKey key) {
        return stages.list(key.prefix());
    }

    /** What the account set for itself in this region, if anything. */
    public Optional<Account> account(Scope scope) {
        return accounts.find(scope.key());
    }
}
