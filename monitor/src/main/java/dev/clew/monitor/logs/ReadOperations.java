// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import dev.clew.monitor.api.logs.FilterLogEventsRequest;
import dev.clew.monitor.api.logs.FilterLogEventsResponse;
import dev.clew.monitor.api.logs.FilteredLogEvent;
import dev.clew.monitor.api.logs.GetLogEventsRequest;
import dev.clew.monitor.api.logs.GetLogEventsResponse;
import dev.clew.monitor.api.logs.LogsErrors;
import dev.clew.monitor.api.logs.MetricFilterMatchRecord;
import dev.clew.monitor.api.logs.OutputLogEvent;
import dev.clew.monitor.api.logs.TestMetricFilterRequest;
import dev.clew.monitor.api.logs.TestMetricFilterResponse;
import dev.clew.monitor.logs.EventReader.Direction;
import dev.clew.monitor.logs.EventReader.Page;
import dev.clew.monitor.logs.pattern.FilterPattern;
import dev.clew.monitor.logs.pattern.InvalidPatternException;
import dev.clew.wire.Call;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reading events: of one stream, or of a group by filter pattern. Both see every line written before the call. */
final class ReadOperations {
    private static final int DEFAULT_LIMIT = 10_000;
    private static final Pattern STREAM_TOKEN = Pattern.compile("([fb])/(\\d{56})/s");

    private final InstantSource time;
    private final Groups groups;
    private final Streams streams;
    private final EventReader reader;
    private final LogBuffer buffer;

    ReadOperations(InstantSource time, Groups groups, Streams streams, EventReader reader, LogBuffer buffer) {
        this.time = time;
        this.groups = groups;
        this.streams = streams;
        this.reader = reader;
        this.buffer = buffer;
    }

    GetLogEventsResponse get(GetLogEventsRequest input, Call call) {
        var token = StreamToken.parse(input.nextToken());
        checkTimes(input.startTime(), input.endTime());
        buffer.flush();
        var group = groups.require(call.scope(), input.logGroupName(), input.logGroupIdentifier());
        var stream = streams.require(group, input.logStreamName());
        var start = start(group, input.startTime());
        var end = Position.startOf(Objects.requireNonNullElse(input.endTime(), Position.MAX_TIME));
        var direction = token != null
                ? token.direction()
                : Boolean.TRUE.equals(input.startFromHead()) ? Direction.FORWARD : Direction.BACKWARD;
        var low = later(start, firstOf(stream));
        var high = earlier(end, endOf(stream));
        if (token != null && direction == Direction.FORWARD) {
            low = later(low, token.position());
        } else if (token != null) {
            high = earlier(high, token.position());
        }
        int limit = Objects.requireNonNullElse(input.limit(), DEFAULT_LIMIT);
        var page = reader.read(group, low, high, direction, event -> event.streamId() == stream.id(), limit);
        return answer(page, direction, token == null ? start : token.position());
    }

    /** The page with the places before and behind it; where it is empty, both are {@code from}: the token repeats. */
    private static GetLogEventsResponse answer(Page page, Direction direction, Position from) {
        var before = page.events().isEmpty() ? from : page.events().getFirst().position();
        var behind = page.events().isEmpty()
                ? from
                : page.events().getLast().position().next();
        if (!page.complete() && direction == Direction.FORWARD) {
            behind = page.next();
        } else if (!page.complete()) {
            before = page.next();
        }
        var events = page.events().stream()
                .map(event -> new OutputLogEvent(event.position().time(), event.message(), event.ingested()))
                .toList();
        return new GetLogEventsResponse(
                events,
                new StreamToken(Direction.FORWARD, behind).toString(),
                new StreamToken(Direction.BACKWARD, before).toString());
    }

    private static Position firstOf(Stream stream) {
        var first = stream.first();
        return Position.startOf(first == null ? 0 : first);
    }

    private static Position endOf(Stream stream) {
        var last = stream.last();
        return Position.startOf(last == null ? 0 : last + 1);
    }

    private static Position later(Position left, Position right) {
        return left.compareTo(right) >= 0 ? left : right;
    }

    private static Position earlier(Position left, Position right) {
        return left.compareTo(right) <= 0 ? left : right;
    }

    private Position start(Group group, @Nullable Long asked) {
        return Position.startOf(Math.max(asked == null ? 0 : asked, group.horizon(time.instant())));
    }

    private static void checkTimes(@Nullable Long start, @Nullable Long end) {
        if (start != null && end != null && start > end) {
            throw LogsErrors.invalidParameterException(
                    "startTime: " + start + " (expected: not after endTime, " + end + ")");
        }
    }

    private record StreamToken(Direction direction, Position position) {
        static @Nullable StreamToken parse(@Nullable String text) {
            if (text == null) {
                return null;
            }
            var match = STREAM_TOKEN.matcher(text);
            if (!match.matches()) {
                throw Position.invalidToken();
            }
            var direction = match.group(1).equals("f") ? Direction.FORWARD : Direction.BACKWARD;
            return new StreamToken(direction, Position.parse(match.group(2)));
        }

        @Override
        public String toString() {
            return (direction == Direction.FORWARD ? "f/" : "b/") + position + "/s";
        }
    }

    FilterLogEventsResponse filter(FilterLogEventsRequest input, Call call) {
        checkTimes(input.startTime(), input.endTime());
        if (input.logStreamNames() != null && input.logStreamNamePrefix() != null) {
            throw LogsErrors.invalidParameterException(
                    "logStreamNames and logStreamNamePrefix are mutually exclusive parameters.");
        }
        var pattern = explained(() -> FilterPattern.compile(Objects.requireNonNullElse(input.filterPattern(), "")));
        var token = input.nextToken() == null ? null : Position.parse(input.nextToken());
        buffer.flush();
        var group = groups.require(call.scope(), input.logGroupName(), input.logGroupIdentifier());
        var ofStreams = ofStreams(group, input);
        var low = start(group, input.startTime());
        var end = input.endTime();
        // the end is part of the range here, but not in GetLogEvents
        var high = Position.startOf(end == null || end >= Position.MAX_TIME ? Position.MAX_TIME : end + 1);
        int limit = Objects.requireNonNullElse(input.limit(), DEFAULT_LIMIT);
        var page = explained(() -> reader.read(
                group,
                token == null ? low : later(low, token),
                high,
                Direction.FORWARD,
                event -> ofStreams.test(event.stream()) && pattern.matches(event.message()),
                limit));
        // the original lists no searched streams any more
        return new FilterLogEventsResponse(
                page.events().stream().map(ReadOperations::filtered).toList(),
                List.of(),
                page.complete() ? null : page.next().toString());
    }

    private Predicate<String> ofStreams(Group group, FilterLogEventsRequest input) {
        var names = input.logStreamNames();
        if (names != null) {
            names.forEach(name -> streams.require(group, name));
            return Set.copyOf(names)::contains;
        }
        var prefix = input.logStreamNamePrefix();
        return prefix == null ? name -> true : name -> name.startsWith(prefix);
    }

    private static FilteredLogEvent filtered(Event event) {
        return new FilteredLogEvent(
                event.stream(),
                event.position().time(),
                event.message(),
                event.ingested(),
                event.position().toString());
    }

    TestMetricFilterResponse test(TestMetricFilterRequest input, Call call) {
        var pattern = explained(() -> FilterPattern.compile(input.filterPattern()));
        var matches = new ArrayList<MetricFilterMatchRecord>();
        var messages = input.logEventMessages();
        for (int i = 0; i < messages.size(); i++) {
            var message = messages.get(i);
            if (explained(() -> pattern.matches(message))) {
                matches.add(new MetricFilterMatchRecord(i + 1L, message, pattern.extract(message)));
            }
        }
        return new TestMetricFilterResponse(matches);
    }

    private static <T> T explained(Supplier<T> work) {
        try {
            return work.get();
        } catch (InvalidPatternException e) {
            throw LogsErrors.invalidParameterException(e.message());
        }
    }
}
