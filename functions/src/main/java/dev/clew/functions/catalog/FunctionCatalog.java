// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import dev.clew.core.Scope;
import dev.clew.core.store.RecordTable;
import dev.clew.core.store.RecordTable.Edit;
import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import dev.clew.functions.api.LambdaErrors;
import dev.clew.wire.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All functions and their versions. Each change is durable, code included, before it is visible. Safe for use by many
 * threads.
 */
public final class FunctionCatalog {
    private final Store store;
    private final RecordTable<FunctionRecord> functions;
    private final RecordTable<FunctionVersion> versions;
    private final CodeStore codes;
    private final ReentrantLock changes = new ReentrantLock();
    private final List<Consumer<FunctionVersion>> retirements = new CopyOnWriteArrayList<>();

    public FunctionCatalog(Store store, CodeStore codes) {
        this.store = store;
        this.codes = codes;
        functions = RecordTable.open(store, "functions", FunctionRecord.class);
        versions = RecordTable.open(store, "function-versions", FunctionVersion.class);
    }

    /** Tells {@code listener} of each version that was replaced or deleted; it must not block. */
    public void onRetired(Consumer<FunctionVersion> listener) {
        retirements.add(listener);
    }

    // ---- lookups

    Optional<FunctionRecord> function(Scope scope, String name) {
        return functions.find(key(scope, name));
    }

    public Optional<FunctionVersion> version(Scope scope, String name, String version) {
        return versions.find(versionKey(scope, name, version));
    }

    /**
     * The function that {@code reference} names.
     *
     * @throws ServiceException if it does not exist
     */
    FunctionRecord require(FunctionReference reference) {
        return function(reference.scope(), reference.name()).orElseThrow(() -> notFound(reference));
    }

    /**
     * The version that {@code reference} means; for an alias its first version.
     *
     * @throws ServiceException if there is none
     */
    FunctionVersion requireVersion(FunctionReference reference) {
        return find(reference).orElseThrow(() -> notFound(reference));
    }

    /** The version that {@code reference} means; for an alias its first version. */
    public Optional<FunctionVersion> find(FunctionReference reference) {
        return version(reference.scope(), reference.name(), versionOf(reference));
    }

    /**
     * The version that one invocation of {@code reference} runs.
     *
     * @param chance 0.0 to 1.0, drawn anew for each invocation: where an alias divides them
     */
    public Optional<FunctionVersion> route(FunctionReference reference, double chance) {
        var second = alias(reference)
                .filter(alias -> alias.secondVersion() != null && chance < alias.secondWeight())
                .map(FunctionRecord.Alias::secondVersion);
        return version(reference.scope(), reference.name(), second.orElseGet(() -> versionOf(reference)));
    }

    /** The policy document that governs invocations of {@code reference}, or null. */
    public @Nullable String policy(FunctionReference reference) {
        var qualifier = reference.qualifier() == null || reference.qualifier().equals(FunctionVersion.LATEST)
                ? ""
                : reference.qualifier();
        return function(reference.scope(), reference.name())
                .map(function -> function.policies().get(qualifier))
                .map(FunctionRecord.Policy::document)
                .orElse(null);
    }

    /** The reserved concurrency of a function, or nothing if it shares the account's. */
    public Optional<Integer> reservedConcurrency(Scope scope, String name) {
        return function(scope, name).map(FunctionRecord::reservedConcurrency);
    }

    /** How often an asynchronous invocation is retried, and how long it may wait. */
    public EventInvokeLimits eventInvokeLimits(FunctionReference reference) {
        var configured = eventInvoke(reference);
        var retries = configured == null ? null : configured.maximumRetryAttempts();
        var age = configured == null ? null : configured.maximumEventAgeInSeconds();
        return new EventInvokeLimits(
                retries == null ? EventInvokeLimits.DEFAULTS.retries() : retries,
                age == null ? EventInvokeLimits.DEFAULTS.ageSeconds() : age);
    }

    /** Who is told how an asynchronous invocation ended. */
    public EventDestinations eventDestinations(FunctionReference reference) {
        var configured = eventInvoke(reference);
        return configured == null
                ? EventDestinations.NONE
                : new EventDestinations(configured.onSuccess(), configured.onFailure());
    }

    private FunctionRecord.@Nullable EventInvoke eventInvoke(FunctionReference reference) {
        return function(reference.scope(), reference.name())
                .map(function -> function.eventInvokes()
                        .get(reference.qualifier() == null ? FunctionVersion.LATEST : reference.qualifier()))
                .orElse(null);
    }

    List<FunctionRecord> functions(Scope scope) {
        return functions.list(scope.key() + '/');
    }

    /** {@code $LATEST} first, then published versions from the oldest. */
    List<FunctionVersion> versions(Scope scope, String name) {
        return versions.list(key(scope, name) + '/');
    }

    private String versionOf(FunctionReference reference) {
        var qualifier = reference.qualifier() == null ? FunctionVersion.LATEST : reference.qualifier();
        return alias(reference).map(FunctionRecord.Alias::version).orElse(qualifier);
    }

    private Optional<FunctionRecord.Alias> alias(FunctionReference reference) {
        var qualifier = reference.qualifier();
        return qualifier == null
                ? Optional.empty()
                : function(reference.scope(), reference.name())
                        .map(function -> function.aliases().get(qualifier));
    }

    static ServiceException notFound(FunctionReference reference) {
        return LambdaErrors.resourceNotFoundException("Function not found: " + reference.arn());
    }

    // ---- changes

    /** Runs {@code change} while no other change happens: a decision and its {@link #commit}. */
    <T> T change(Supplier<T> change) {
        changes.lock();
        try {
            return change.get();
        } finally {
            changes.unlock();
        }
    }

    /** Sets a function; only inside {@link #change}. */
    void put(FunctionRecord function) {
        commit(new Changes().function(function));
    }

    /** Makes {@code changed} durable and then visible; only inside {@link #change}. */
    void commit(Changes changed) {
        var batch = new WriteBatch();
        var replaced = new ArrayList<FunctionVersion>();
        changed.versions.forEach(edit -> versions.find(edit.key()).ifPresent(replaced::add));
        if (changed.zip != null) {
            codes.stage(batch, changed.codeId, changed.zip);
        }
        var visible = List.of(functions.stage(batch, changed.functions), versions.stage(batch, changed.versions));
        store.commit(batch);
        visible.forEach(Runnable::run);
        replaced.forEach(version -> retirements.forEach(listener -> listener.accept(version)));
        removeUnused(replaced);
    }

    private void removeUnused(List<FunctionVersion> replaced) {
        var batch = new WriteBatch();
        replaced.stream()
                .map(FunctionVersion::code)
                .filter(CodePackage::isZip)
                .map(CodePackage::id)
                .distinct()
                .filter(id -> versions.list("").stream()
                        .noneMatch(version -> version.code().id().equals(id)))
                .forEach(id -> codes.stageRemoval(batch, id));
        if (!batch.isEmpty()) {
            store.commit(batch);
        }
    }

    /** Removes every function. */
    public void clear() {
        change(() -> {
            functions.list("").forEach(function -> commit(removal(function)));
            return null;
        });
    }

    /** The changes that remove a function with all its versions. */
    Changes removal(FunctionRecord function) {
        var removal = new Changes();
        removal.functions.add(new Edit<>(key(function.scope(), function.name()), null));
        versions(function.scope(), function.name()).forEach(removal::remove);
        return removal;
    }

    /** Changes that are committed together. */
    static final class Changes {
        private final List<Edit<FunctionRecord>> functions = new ArrayList<>();
        private final List<Edit<FunctionVersion>> versions = new ArrayList<>();
        private String codeId = "";
        private byte @Nullable [] zip;

        Changes function(FunctionRecord function) {
            functions.add(new Edit<>(key(function.scope(), function.name()), function));
            return this;
        }

        Changes version(FunctionVersion version) {
            versions.add(new Edit<>(versionKey(version.scope(), version.name(), version.version()), version));
            return this;
        }

        Changes remove(FunctionVersion version) {
            versions.add(new Edit<>(versionKey(version.scope(), version.name(), version.version()), null));
            return this;
        }

        /** The zip that a version of this change refers to by {@code id}; null if it is an image or stored already. */
        Changes code(String id, byte @Nullable [] newZip) {
            codeId = id;
            zip = newZip;
            return this;
        }
    }

    private static String key(Scope scope, String name) {
        return scope.key() + '/' + name;
    }

    /** Zeros before the number keep versions in order; {@code $} sorts before digits. */
    private static String versionKey(Scope scope, String name, String version) {
        var padded = version.equals(FunctionVersion.LATEST) || version.length() >= 10
                ? version
                : "0".repeat(10 - version.length()) + version;
        return key(scope, name) + '/' + padded;
    }
}
