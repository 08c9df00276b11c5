// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import dev.clew.monitor.api.logs.CreateLogStreamRequest;
import dev.clew.monitor.api.logs.DeleteLogStreamRequest;
import dev.clew.monitor.api.logs.DescribeLogStreamsRequest;
import dev.clew.monitor.api.logs.DescribeLogStreamsResponse;
import dev.clew.monitor.api.logs.LogStream;
import dev.clew.monitor.api.logs.LogsErrors;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Log streams: creation, deletion, description. */
final class StreamOperations {
    private static final int DEFAULT_LIMIT = 50;
    private static final String BY_TIME = "LastEventTime";
    private static final int TIME_DIGITS = 19;
    /** By the time of the last event; a stream without events counts as older than any. */
    private static final Comparator<Stream> TIME_ORDER =
            Comparator.comparingLong(StreamOperations::lastEvent).thenComparing(Stream::name);

    private final Store store;
    private final InstantSource time;
    private final Groups groups;
    private final Streams streams;
    private final DeletedStreams deleted;
    private final Numbers numbers;
    private final LogLocks locks;
    private final LogBuffer buffer;

    StreamOperations(
            Store store,
            InstantSource time,
            Groups groups,
            Streams streams,
            DeletedStreams deleted,
            Numbers numbers,
            LogLocks locks,
            LogBuffer buffer) {
        this.store = store;
        this.time = time;
        this.groups = groups;
        this.streams = streams;
        this.deleted = deleted;
        this.numbers = numbers;
        this.locks = locks;
        this.buffer = buffer;
    }

    Unit create(CreateLogStreamRequest input, Call call) {
        locks.restructuring(() -> {
            var group = groups.require(call.scope(), input.logGroupName());
            if (streams.find(group, input.logStreamName()).isPresent()) {
                throw LogsErrors.resourceAlreadyExistsException("The specified log stream already exists");
            }
            var batch = new WriteBatch();
            streams.stage(batch, group, Stream.empty(input.logStreamName(), numbers.take(1), time.millis()));
            store.commit(batch);
        });
        return Unit.VALUE;
    }

    Unit delete(DeleteLogStreamRequest input, Call call) {
        buffer.flush(); // lines written before the deletion must not bring the stream back
        locks.restructuring(() -> {
            var group = groups.require(call.scope(), input.logGroupName());
            var stream = streams.require(group, input.logStreamName());
            var batch = new WriteBatch();
            streams.stageRemoval(batch, group, stream);
            var hidden = deleted.stage(batch, group, stream);
            store.commit(batch);
            hidden.run();
        });
        deleted.purge();
        return Unit.VALUE;
    }

    DescribeLogStreamsResponse describe(DescribeLogStreamsRequest input, Call call) {
        boolean byTime = BY_TIME.equals(input.orderBy());
        if (byTime && input.logStreamNamePrefix() != null) {
            throw LogsErrors.invalidParameterException("Cannot order by LastEventTime with a logStreamNamePrefix.");
        }
        buffer.flush();
        var group = groups.require(call.scope(), input.logGroupName(), input.logGroupIdentifier());
        boolean descending = Boolean.TRUE.equals(input.descending());
        int limit = Objects.requireNonNullElse(input.limit(), DEFAULT_LIMIT);
        var start = PageToken.start(input.nextToken());
        var found = byTime
                ? byTime(group, start, descending, limit + 1)
                : streams.page(
                        group,
                        Objects.requireNonNullElse(input.logStreamNamePrefix(), ""),
                        start,
                        descending,
                        limit + 1);
        var arn = Groups.arn(call.scope(), group) + ":log-stream:";
        long horizon = group.horizon(time.instant());
        var shown = found.stream()
                .limit(limit)
                .map(stream -> describe(arn, stream, horizon))
                .toList();
        return new DescribeLogStreamsResponse(
                shown, found.size() > limit ? PageToken.of(start(found.getLast(), byTime)) : null);
    }

    private static String start(Stream stream, boolean byTime) {
        return byTime ? String.format("%0" + TIME_DIGITS + "d", lastEvent(stream) + 1) + stream.name() : stream.name();
    }

    /** The first {@code limit} in order; only that many are kept in memory, however many there are. */
    private List<Stream> byTime(Group group, @Nullable String start, boolean descending, int limit) {
        var order = descending ? TIME_ORDER.reversed() : TIME_ORDER;
        var from = start == null ? null : marker(start);
        var first = new PriorityQueue<>(order.reversed());
        streams.forEach(group, stream -> {
            if (from == null || order.compare(stream, from) >= 0) {
                first.add(stream);
                if (first.size() > limit) {
                    first.remove();
                }
            }
        });
        return first.stream().sorted(order).toList();
    }

    /** A stream that stands where a page begins. */
    private static Stream marker(String start) {
        try {
            long last = Long.parseLong(start.substring(0, TIME_DIGITS)) - 1;
            var name = start.substring(TIME_DIGITS);
            return new Stream(name, 0, 0, null, last < 0 ? null : Long.valueOf(last), null, 0);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw Position.invalidToken();
        }
    }

    private static long lastEvent(Stream stream) {
        var last = stream.last();
        return last == null ? -1 : last;
    }

    private static LogStream describe(String arn, Stream stream, long horizon) {
        var first = stream.first();
        var last = stream.last();
        boolean expired = last != null && last < horizon;
        return LogStream.builder()
                .logStreamName(stream.name())
                .creationTime(stream.created())
                .firstEventTimestamp(first == null || expired ? null : Long.valueOf(Math.max(first, horizon)))
                .lastEventTimestamp(expired ? null : last)
                .lastIngestionTime(stream.ingested())
                .uploadSequenceToken(new Position(0, stream.id()).toString())
                .arn(arn + stream.name())
                .storedBytes(0L) // the original tells the size of groups only, since 2019
                .build();
    }
}
