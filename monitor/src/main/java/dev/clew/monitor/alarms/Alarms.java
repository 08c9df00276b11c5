// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.alarms;

import dev.clew.core.Scope;
import dev.clew.core.store.RecordTable;
import dev.clew.core.store.RecordTable.Edit;
import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import dev.clew.monitor.api.cloudwatch.CloudwatchErrors;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The alarms of every account and region, and the changes whose consequences are owed. A change of state, its place in the history and
 * what is owed for it become durable together.
 */
final class Alarms {
    private static final int MOST = 5_000;

    private final Store store;
    private final InstantSource time;
    private final Supplier<UUID> ids;
    private final RecordTable<Alarm> table;
    private final RecordTable<Change> owed;
    private final History history;
    private final ReentrantLock changing = new ReentrantLock();

    Alarms(Store store, InstantSource time, Supplier<UUID> ids, History history) {
        this.store = store;
        this.time = time;
        this.ids = ids;
        this.history = history;
        this.table = RecordTable.open(store, "alarms.alarms", Alarm.class);
        this.owed = RecordTable.open(store, "alarms.owed", Change.class);
    }

    private static String key(Scope scope, String name) {
        return scope.key() + '/' + name;
    }

    private static String key(Alarm alarm) {
        return key(alarm.scope(), alarm.name());
    }

    Optional<Alarm> find(Scope scope, String name) {
        return table.find(key(scope, name));
    }

    /** @throws dev.clew.wire.ServiceException if there is none */
    Alarm require(Scope scope, String name) {
        return find(scope, name)
                .orElseThrow(() -> CloudwatchErrors.resourceNotFound("Alarm " + name + " does not exist"));
    }

    /** The alarms of {@code scope} whose names begin with {@code prefix}, in the order of names. */
    List<Alarm> list(Scope scope, String prefix) {
        return List.copyOf(table.entries(key(scope, prefix)).values());
    }

    /** Those of all accounts and regions. */
    List<Alarm> all() {
        return table.list("");
    }

    /** Decides how an alarm is defined, given what there is. */
    interface Definition {
        Alarm of(@Nullable Alarm known, Instant now);
    }

    /** Defines an alarm, new or not. */
    void define(Scope scope, String name, Definition definition) {
        changing.lock();
        try {
            var known = find(scope, name).orElse(null);
            if (known == null && list(scope, "").size() >= MOST) {
                throw CloudwatchErrors.limitExceededFault("There are " + MOST + " alarms (expected: no more)");
            }
            var now = time.instant();
            var defined = definition.of(known, now);
            var batch = new WriteBatch();
            history.stage(
                    batch,
                    defined,
                    now,
                    "ConfigurationUpdate",
                    "Alarm \"" + name + "\" " + (known == null ? "created" : "updated"),
                    HistoryData.configuration(defined, known == null ? "Create" : "Update"));
            commit(batch, List.of(new Edit<>(key(defined), defined)));
        } finally {
            changing.unlock();
        }
    }

    /** Changes an alarm in a way that its history does not tell. */
    void change(Scope scope, String name, java.util.function.UnaryOperator<Alarm> change) {
        changing.lock();
        try {
            table.put(key(scope, name), change.apply(require(scope, name)));
        } finally {
            changing.unlock();
        }
    }

    /** Removes those of {@code names} that exist. */
    void remove(Scope scope, List<String> names) {
        changing.lock();
        try {
            var batch = new WriteBatch();
            var edits = new ArrayList<Edit<Alarm>>();
            var now = time.instant();
            for (var name : names) {
                find(scope, name).ifPresent(alarm -> {
                    history.stage(
                            batch,
                            alarm,
                            now,
                            "ConfigurationUpdate",
                            "Alarm \"" + name + "\" deleted",
                            HistoryData.configuration(alarm, "Delete"));
                    edits.add(new Edit<>(key(alarm), null));
                });
            }
            commit(batch, edits);
        } finally {
            changing.unlock();
        }
    }

    private void commit(WriteBatch batch, List<Edit<Alarm>> edits) {
        var visible = table.stage(batch, edits);
        if (!batch.isEmpty()) {
            store.commit(batch);
        }
        visible.run();
    }

    /**
     * Sets the state of {@code seen}, unless it has been defined anew or removed since it was looked at.
     *
     * @return whether the state is another now
     */
    boolean enter(Alarm seen, AlarmState state, String reason, @Nullable String reasonData) {
        changing.lock();
        try {
            var alarm = find(seen.scope(), seen.name()).orElse(null);
            if (alarm == null || !alarm.configured().equals(seen.configured())) {
                return false;
            }
            var now = time.instant();
            var changed = alarm.in(state, reason, reasonData, now);
            if (alarm.state() == state) {
                table.put(key(alarm), changed);
                return false;
            }
            var change = new Change(ids.get(), changed, Change.Previous.of(alarm));
            var batch = new WriteBatch();
            history.stage(
                    batch,
                    changed,
                    now,
                    "StateUpdate",
                    "Alarm updated from " + alarm.state() + " to " + state,
                    HistoryData.change(change));
            var owes = owed.stage(batch, List.of(new Edit<>(now + "/" + change.id(), change)));
            commit(batch, List.of(new Edit<>(key(alarm), changed)));
            owes.run();
            return true;
        } finally {
            changing.unlock();
        }
    }

    /** Changes whose consequences are owed, by key, the oldest first. */
    java.util.NavigableMap<String, Change> owed() {
        return owed.entries("");
    }

    /** What {@code key} owed is done. */
    void settle(String key) {
        owed.remove(key);
    }
}
