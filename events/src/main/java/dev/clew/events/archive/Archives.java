// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.archive;

import dev.clew.core.IdSource;
import dev.clew.core.Scope;
import dev.clew.core.store.RecordTable;
import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import dev.clew.events.bus.BusName;
import dev.clew.events.ledger.AcceptedEvent;
import dev.clew.events.pattern.EventPattern;
import dev.clew.events.pattern.RuleMachine;
import dev.clew.events.publish.Intake;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Archives as they stand, and their events. What a bus takes is archived in the batch that accepts it: an acknowledged event is in
 * its archives. Safe for use by many threads.
 */
public final class Archives implements Intake.Witness {
    private final RecordTable<Archive> table;
    private final EventStore events;
    private final Store store;
    private final InstantSource time;
    private final IdSource ids;
    private final ConcurrentHashMap<BusName, OfBus> compiled = new ConcurrentHashMap<>();
    private final ReentrantLock changes = new ReentrantLock();

    public Archives(Store store, InstantSource time, IdSource ids) {
        this.store = store;
        this.time = time;
        this.ids = ids;
        this.table = RecordTable.open(store, "events.archives", Archive.class);
        this.events = new EventStore(store);
        var all = table.list("");
        all.forEach(archive -> events.open(archive.id()));
        all.stream().map(Archive::bus).distinct().forEach(this::recompile);
    }

    /** The archives of one bus, their patterns compiled. */
    private record OfBus(List<Archive> unfiltered, Map<String, Archive> filtered, RuleMachine machine) {
        static OfBus of(List<Archive> archives) {
            var unfiltered = archives.stream()
                    .filter(archive -> archive.pattern() == null)
                    .toList();
            var filtered = archives.stream()
                    .filter(archive -> archive.pattern() != null)
                    .collect(Collectors.toUnmodifiableMap(Archive::key, archive -> archive));
            var patterns = new HashMap<String, EventPattern>();
            filtered.forEach(
                    (key, archive) -> patterns.put(key, EventPattern.accepted(String.valueOf(archive.pattern()))));
            return new OfBus(unfiltered, filtered, RuleMachine.of(patterns));
        }

        Stream<Archive> matching(String json) {
            if (filtered.isEmpty()) {
                return unfiltered.stream();
            }
            var byName = machine.matching(json).stream().map(filtered::get);
            return Stream.concat(unfiltered.stream(), byName);
        }
    }

    /** Adds an event to {@code batch}, once for each archive that wants it. Run the result once it is committed. */
    @Override
    public Runnable stage(WriteBatch batch, AcceptedEvent event) {
        var ofBus = compiled.get(new BusName(event.scope(), event.bus()));
        if (ofBus == null || event.dropped() || Envelope.isReplayed(event.json())) {
            return () -> {};
        }
        var archived = new Archived(
                Envelope.time(event.json(), event.accepted()),
                event.accepted(),
                event.source(),
                event.detailType(),
                event.trace(),
                event.json());
        var visible = ofBus.matching(event.json())
                .map(archive -> events.stage(batch, archive.id(), event.arrival(), ids.nextUuid(), archived))
                .toList();
        return () -> visible.forEach(Runnable::run);
    }

    /** Runs {@code change} while nobody else changes an archive: a read-modify-write belongs in here. */
    <T> T changing(Supplier<T> change) {
        changes.lock();
        try {
            return change.get();
        } finally {
            changes.unlock();
        }
    }

    Optional<Archive> find(Scope scope, String name) {
        return table.find(Archive.key(scope, name));
    }

    /** In order of their names. */
    List<Archive> list(Scope scope) {
        return table.list(scope.key() + '/');
    }

    Tally tally(Archive archive) {
        return events.tally(archive.id());
    }

    EventStore events() {
        return events;
    }

    /** Only inside {@link #changing}. */
    void put(Archive archive) {
        table.put(archive.key(), archive);
        if (!events.isOpen(archive.id())) {
            events.open(archive.id());
        }
        recompile(archive.bus());
    }

    /** The archive and all its events, at once. Only inside {@link #changing}. */
    void remove(Archive archive) {
        var batch = new WriteBatch();
        var visible = table.stage(batch, List.of(new RecordTable.Edit<>(archive.key(), null)));
        events.drop(batch, archive.id());
        store.commit(batch);
        visible.run();
        events.close(archive.id());
        recompile(archive.bus());
    }

    private void recompile(BusName bus) {
        var archives = table.list("").stream()
                .filter(archive -> archive.bus().equals(bus))
                .toList();
        if (archives.isEmpty()) {
            compiled.remove(bus);
        } else {
            compiled.put(bus, OfBus.of(archives));
        }
    }

    /** Drops what deleted archives left behind. */
    void dropOrphans() {
        changing(() -> {
            events.dropOrphans(table.list("").stream().map(Archive::id).collect(Collectors.toSet()));
            return true;
        });
    }

    /** Sums up, and drops what is past retention. */
    void tidy() {
        for (var archive : table.list("")) {
            events.tidy(archive.id());
            if (archive.retentionDays() > 0) {
                events.expire(archive.id(), time.instant().minus(Duration.ofDays(archive.retentionDays())));
            }
        }
    }
}
