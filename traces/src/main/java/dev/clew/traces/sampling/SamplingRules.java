// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.sampling;

import dev.clew.core.Scope;
import dev.clew.core.store.RecordTable;
import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The sampling rules of every account and region, durable. Safe for use by many threads. */
final class SamplingRules {
    private static final String RULES = "sampling-rules";
    private static final String CHANGES = "sampling-rule-changes";

    private final Store store;
    private final ReentrantLock changing = new ReentrantLock();
    private final Map<Scope, List<StoredRule>> ordered = new ConcurrentHashMap<>();
    private volatile RecordTable<StoredRule> rules;
    private volatile RecordTable<Change> changes;

    /** When rules of a scope last changed; a removal leaves no other mark. */
    record Change(Instant at) {}

    SamplingRules(Store store) {
        this.store = store;
        this.rules = RecordTable.open(store, RULES, StoredRule.class);
        this.changes = RecordTable.open(store, CHANGES, Change.class);
    }

    /** Custom rules in the order in which they are asked. */
    List<StoredRule> custom(Scope scope) {
        return ordered.computeIfAbsent(
                scope,
                asked -> rules.list(asked.key() + '/').stream()
                        .filter(rule -> !rule.name().equals(StoredRule.DEFAULT_NAME))
                        .sorted(StoredRule.BY_PRIORITY)
                        .toList());
    }

    /** The rule that applies where no custom one does. */
    StoredRule fallback(Scope scope) {
        return editedFallback(scope).orElse(StoredRule.DEFAULT);
    }

    /** The same, if somebody changed it. */
    Optional<StoredRule> editedFallback(Scope scope) {
        return rules.find(key(scope, StoredRule.DEFAULT_NAME));
    }

    Optional<StoredRule> find(Scope scope, String name) {
        return name.equals(StoredRule.DEFAULT_NAME) ? Optional.of(fallback(scope)) : rules.find(key(scope, name));
    }

    /** When a rule was last created, changed or removed; the epoch if never. */
    Instant lastChange(Scope scope) {
        return changes.find(scope.key()).map(Change::at).orElse(Instant.EPOCH);
    }

    /**
     * Decides on a rule and makes the decision durable, with nothing in between.
     *
     * @param decide the rule as it is (null if there is none) to what it becomes (null to remove it); may throw
     * @return what {@code decide} returned
     */
    @Nullable
    StoredRule change(
            Scope scope, String name, Instant now, Function<@Nullable StoredRule, @Nullable StoredRule> decide) {
        changing.lock();
        try {
            var next = decide.apply(find(scope, name).orElse(null));
            var batch = new WriteBatch();
            var rule = rules.stage(batch, List.of(new RecordTable.Edit<>(key(scope, name), next)));
            var change = changes.stage(batch, List.of(new RecordTable.Edit<>(scope.key(), new Change(now))));
            store.commit(batch);
            rule.run();
            change.run();
            ordered.remove(scope);
            return next;
        } finally {
            changing.unlock();
        }
    }

    /** Forgets all rules. */
    void reset() {
        changing.lock();
        try {
            for (var table : List.of(RULES, CHANGES)) {
                if (store.tables().contains(table)) {
                    store.drop(table);
                }
            }
            rules = RecordTable.open(store, RULES, StoredRule.class);
            changes = RecordTable.open(store, CHANGES, Change.class);
            ordered.clear();
        } finally {
            changing.unlock();
        }
    }

    private static String key(Scope scope, String name) {
        return scope.key() + '/' + name;
    }
}
