// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import dev.clew.core.Scope;
import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Appends events and keeps the records of their streams in step: both are in one batch. */
final class EventWriter {
    private final Store store;
    private final InstantSource time;
    private final Groups groups;
    private final Streams streams;
    private final Numbers numbers;
    private final LogLocks locks;
    private final LineWatcher watcher;

    /** Which stream. */
    record Address(Scope scope, String group, String stream) {}

    /** A line on its way. */
    @SuppressWarnings("ArrayRecordComponent") // handed from the sink to the store, never compared
    record Line(long time, byte[] message) {}

    /** Lines of one stream, in order. */
    record Chunk(Address address, List<Line> lines) {}

    private record Target(Group group, Stream stream) {}

    EventWriter(
            Store store,
            InstantSource time,
            Groups groups,
            Streams streams,
            Numbers numbers,
            LogLocks locks,
            LineWatcher watcher) {
        this.store = store;
        this.time = time;
        this.groups = groups;
        this.streams = streams;
        this.numbers = numbers;
        this.locks = locks;
        this.watcher = watcher;
    }

    /** Appends to a group and a stream that must exist. */
    void put(Chunk chunk) {
        locks.appending(List.of(chunk.address()), () -> {
            var group = groups.require(chunk.address().scope(), chunk.address().group());
            var stream = streams.require(group, chunk.address().stream());
            commit(Map.of(chunk.address(), new Target(group, stream)), List.of(chunk));
        });
    }

    /** Appends in one commit; makes groups and streams that do not exist. */
    void append(List<Chunk> chunks) {
        chunks.forEach(chunk -> ensureGroup(chunk.address()));
        var addresses = chunks.stream().map(Chunk::address).collect(Collectors.toSet());
        locks.appending(addresses, () -> {
            var targets = new LinkedHashMap<Address, Target>();
            for (var address : addresses) {
                // a group deleted since then takes these lines along
                groups.find(address.scope(), address.group())
                        .ifPresent(group ->
                                targets.put(address, new Target(group, findOrMake(group, address.stream()))));
            }
            commit(targets, chunks);
        });
    }

    private void ensureGroup(Address address) {
        if (groups.find(address.scope(), address.group()).isEmpty()) {
            locks.restructuring(() -> {
                if (groups.find(address.scope(), address.group()).isEmpty()) {
                    var now = time.millis();
                    groups.put(
                            address.scope(),
                            new Group(address.group(), numbers.take(1), now, null, Group.STANDARD, Map.of()));
                }
            });
        }
    }

    private Stream findOrMake(Group group, String name) {
        return streams.find(group, name).orElseGet(() -> Stream.empty(name, numbers.take(1), time.millis()));
    }

    private void commit(Map<Address, Target> targets, List<Chunk> chunks) {
        long now = time.millis();
        var batch = new WriteBatch();
        var updated = new LinkedHashMap<>(targets);
        for (var chunk : chunks) {
            updated.computeIfPresent(chunk.address(), (_, target) -> stage(batch, target, chunk.lines(), now));
        }
        updated.values().forEach(target -> streams.stage(batch, target.group(), target.stream()));
        store.commit(batch);
        for (var chunk : chunks) {
            if (targets.containsKey(chunk.address())) {
                chunk.lines().forEach(line -> watcher.stored(chunk.address().scope(), line.message()));
            }
        }
    }

    private Target stage(WriteBatch batch, Target target, List<Line> lines, long now) {
        var stream = target.stream();
        long number = numbers.take(lines.size());
        for (var line : lines) {
            batch.put(
                    EventReader.TABLE,
                    new Position(line.time(), number++).key(target.group().id()),
                    Event.encode(now, stream, line.message()));
            stream = stream.withEvent(line.time(), now, Event.size(line.message()));
        }
        return new Target(target.group(), stream);
    }
}
