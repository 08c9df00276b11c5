// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.archive;

import dev.clew.core.Scope;
import dev.clew.core.store.RecordTable;
import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Replays as they stand, durable, and those that ended lately. Safe for use by many threads. */
final class Replays {
    private static final Duration KEPT = Duration.ofDays(90);

    private final RecordTable<Replay> table;
    private final ReentrantLock changes = new ReentrantLock();

    Replays(Store store) {
        this.table = RecordTable.open(store, "events.replays", Replay.class);
    }

    /** Runs {@code change} while nobody else changes a replay: a read-modify-write belongs in here. */
    <T> T changing(Supplier<T> change) {
        changes.lock();
        try {
            return change.get();
        } finally {
            changes.unlock();
        }
    }

    Optional<Replay> find(Scope scope, String name) {
        return table.find(Replay.key(scope, name));
    }

    /** In order of their names. */
    List<Replay> list(Scope scope) {
        return table.list(scope.key() + '/');
    }

    /** Those of every account and region that have not ended. */
    List<Replay> unfinished() {
        return table.list("").stream()
                .filter(replay -> !replay.state().isFinal())
                .toList();
    }

    /** Only inside {@link #changing}. */
    void put(Replay replay) {
        table.put(replay.key(), replay);
    }

    /** Adds {@code replay} to {@code batch}; run the result once it is committed. Only inside {@link #changing}. */
    Runnable stage(WriteBatch batch, Replay replay) {
        return table.stage(batch, List.of(new RecordTable.Edit<>(replay.key(), replay)));
    }

    /** Forgets those that ended long ago. */
    void forgetOld(Instant now) {
        for (var replay : table.list("")) {
            var ended = replay.ended();
            if (ended != null && ended.plus(KEPT).isBefore(now)) {
                table.remove(replay.key());
            }
        }
    }
}
