// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import dev.clew.monitor.api.logs.InputLogEvent;
import dev.clew.monitor.api.logs.LogsErrors;
import dev.clew.monitor.api.logs.PutLogEventsRequest;
import dev.clew.monitor.api.logs.PutLogEventsResponse;
import dev.clew.monitor.api.logs.RejectedLogEventsInfo;
import dev.clew.monitor.logs.EventWriter.Address;
import dev.clew.monitor.logs.EventWriter.Chunk;
import dev.clew.monitor.logs.EventWriter.Line;
import dev.clew.wire.Call;
import dev.clew.wire.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PutLogEvents: refuses the batch for its form, or single events for their age; the rest is durable before the answer.
 * Sequence tokens are ignored, as the original does by now.
 */
final class PutLogEvents implements Operation<PutLogEventsRequest, PutLogEventsResponse> {
    /** Of a batch, with {@link Event#OVERHEAD} for each event. */
    static final int MOST_BYTES = 1_048_576;

    private static final long LONGEST_SPAN = Duration.ofHours(24).toMillis();
    private static final Duration OLDEST = Duration.ofDays(14);
    private static final Duration NEWEST = Duration.ofHours(2);

    private final InstantSource time;
    private final Groups groups;
    private final Streams streams;
    private final EventWriter writer;

    PutLogEvents(InstantSource time, Groups groups, Streams streams, EventWriter writer) {
        this.time = time;
        this.groups = groups;
        this.streams = streams;
        this.writer = writer;
    }

    @Override
    public PutLogEventsResponse handle(PutLogEventsRequest input, Call call) {
        var lines = input.logEvents().stream().map(PutLogEvents::line).toList();
        check(lines);
        var group = groups.require(call.scope(), input.logGroupName());
        var stream = streams.require(group, input.logStreamName());
        var ages = Ages.of(lines, group, time);
        var accepted = lines.subList(ages.firstAccepted(), Math.max(ages.firstAccepted(), ages.firstTooNew()));
        if (!accepted.isEmpty()) {
            writer.put(new Chunk(new Address(call.scope(), group.name(), stream.name()), accepted));
        }
        return new PutLogEventsResponse(new Position(0, stream.id()).toString(), ages.rejected(lines.size()));
    }

    private static Line line(InputLogEvent event) {
        return new Line(event.timestamp(), event.message().getBytes(StandardCharsets.UTF_8));
    }

    private static void check(List<Line> lines) {
        long bytes = 0;
        long previous = 0;
        for (var line : lines) {
            bytes += Event.size(line.message());
            if (line.time() < previous) {
                throw LogsErrors.invalidParameterException(
                        "Log events in a single PutLogEvents request must be in chronological order.");
            }
            previous = line.time();
        }
        if (bytes > MOST_BYTES) {
            throw LogsErrors.invalidParameterException(
                    "Upload too large: " + bytes + " bytes exceeds limit of " + MOST_BYTES);
        }
        if (lines.getLast().time() - lines.getFirst().time() > LONGEST_SPAN) {
            throw LogsErrors.invalidParameterException(
                    "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
        }
    }

    /**
     * Where, in a batch in chronological order, the acceptable events begin and end.
     *
     * @param expired how many are older than the group keeps events
     * @param tooOld how many are older than anybody may send
     * @param firstTooNew the first that lies too far ahead; the size of the batch if none does
     */
    private record Ages(int expired, int tooOld, int firstTooNew) {
        static Ages of(List<Line> lines, Group group, InstantSource time) {
            var now = time.instant();
            var times = new ArrayList<Long>(lines.size());
            lines.forEach(line -> times.add(line.time()));
            return new Ages(
                    before(times, group.horizon(now)),
                    before(times, now.minus(OLDEST).toEpochMilli()),
                    before(times, now.plus(NEWEST).toEpochMilli() + 1));
        }

        private static int before(List<Long> times, long limit) {
            return (int) times.stream().takeWhile(time -> time < limit).count();
        }

        int firstAccepted() {
            return Math.max(expired, tooOld);
        }

        @Nullable
        RejectedLogEventsInfo rejected(int size) {
            if (firstAccepted() == 0 && firstTooNew == size) {
                return null;
            }
            return RejectedLogEventsInfo.builder()
                    .expiredLogEventEndIndex(expired == 0 ? null : Integer.valueOf(expired))
                    .tooOldLogEventEndIndex(tooOld == 0 ? null : Integer.valueOf(tooOld))
                    .tooNewLogEventStartIndex(firstTooNew == size ? null : Integer.valueOf(firstTooNew))
                    .build();
        }
    }
}
