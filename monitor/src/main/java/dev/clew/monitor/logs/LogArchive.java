// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import dev.clew.core.Scope;
import dev.clew.core.log.LogSink;
import dev.clew.core.store.Store;
import dev.clew.monitor.api.logs.LogsModel;
import dev.clew.wire.ServiceBinding;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The parts of CloudWatch Logs, put together on one store. Used through {@link dev.clew.monitor.Logs}. */
public final class LogArchive implements AutoCloseable {
    private final Groups groups;
    private final EventWriter writer;
    private final LogBuffer buffer;
    private final Retention retention;
    private final ServiceBinding binding;

    /** An archive whose threads run. */
    public LogArchive(Store store, InstantSource time, LogsConfig config, LineWatcher watcher) {
        this.groups = new Groups(store);
        var streams = new Streams(store);
        var deleted = new DeletedStreams(store);
        var numbers = new Numbers(store);
        var locks = new LogLocks();
        this.writer = new EventWriter(store, time, groups, streams, numbers, locks, watcher);
        this.buffer = new LogBuffer(writer, config);
        this.retention = new Retention(store, time, groups, streams, deleted, locks, config.sweepInterval());
        this.binding = bind(
                new GroupOperations(store, time, groups, streams, numbers, locks, buffer),
                new StreamOperations(store, time, groups, streams, deleted, numbers, locks, buffer),
                new TagOperations(groups, locks),
                new PutLogEvents(time, groups, streams, writer),
                new ReadOperations(time, groups, streams, new EventReader(store, deleted), buffer));
        buffer.start();
        retention.start();
    }

    private static ServiceBinding bind(
            GroupOperations groups,
            StreamOperations streams,
            TagOperations tags,
            PutLogEvents put,
            ReadOperations read) {
        return ServiceBinding.builder(LogsModel.SERVICE)
                .bind(LogsModel.CREATE_LOG_GROUP, groups::create)
                .bind(LogsModel.DELETE_LOG_GROUP, groups::delete)
                .bind(LogsModel.DESCRIBE_LOG_GROUPS, groups::describe)
                .bind(LogsModel.PUT_RETENTION_POLICY, groups::putRetention)
                .bind(LogsModel.DELETE_RETENTION_POLICY, groups::deleteRetention)
                .bind(LogsModel.CREATE_LOG_STREAM, streams::create)
                .bind(LogsModel.DELETE_LOG_STREAM, streams::delete)
                .bind(LogsModel.DESCRIBE_LOG_STREAMS, streams::describe)
                .bind(LogsModel.TAG_RESOURCE, tags::tag)
                .bind(LogsModel.UNTAG_RESOURCE, tags::untag)
                .bind(LogsModel.LIST_TAGS_FOR_RESOURCE, tags::list)
                .bind(LogsModel.TAG_LOG_GROUP, tags::tagByName)
                .bind(LogsModel.UNTAG_LOG_GROUP, tags::untagByName)
                .bind(LogsModel.LIST_TAGS_LOG_GROUP, tags::listByName)
                .bind(LogsModel.PUT_LOG_EVENTS, put)
                .bind(LogsModel.GET_LOG_EVENTS, read::get)
                .bind(LogsModel.FILTER_LOG_EVENTS, read::filter)
                .bind(LogsModel.TEST_METRIC_FILTER, read::test)
                .build();
    }

    /** The operations. */
    public ServiceBinding binding() {
        return binding;
    }

    /** Where lines are written. */
    public LogSink sink() {
        return buffer;
    }

    /** Appends one line, durable when it returns; false if there is no such group. */
    public boolean put(Scope scope, String group, String stream, Instant time, String message) {
        if (groups.find(scope, group).isEmpty()) {
            return false;
        }
        var line = new EventWriter.Line(time.toEpochMilli(), message.getBytes(StandardCharsets.UTF_8));
        writer.append(List.of(new EventWriter.Chunk(new EventWriter.Address(scope, group, stream), List.of(line))));
        return true;
    }

    /** Returns when every line appended before is stored, or given up. */
    public void flush() {
        buffer.flush();
    }

    /** Lines that found no room, or could not be stored. */
    public long droppedLines() {
        return buffer.dropped();
    }

    /** Removes what has expired by now. */
    void sweep() {
        retention.sweep();
    }

    /** Stores what was appended, then stops the threads. */
    @Override
    public void close() {
        buffer.close();
        retention.close();
    }
}
