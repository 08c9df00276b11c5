// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import static dev.clew.monitor.logs.LogBench.NOW;
import static dev.clew.monitor.logs.LogBench.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.monitor.api.logs.CreateLogStreamRequest;
import dev.clew.monitor.api.logs.DeleteLogStreamRequest;
import dev.clew.monitor.api.logs.DescribeLogStreamsRequest;
import dev.clew.monitor.api.logs.FilterLogEventsRequest;
import dev.clew.monitor.api.logs.LogStream;
import dev.clew.monitor.api.logs.LogsModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StreamOperationsTest {
    private final LogBench bench = new LogBench();

    @BeforeEach
    void open() {
        bench.createGroup("g");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private List<LogStream> all(DescribeLogStreamsRequest.Builder request) {
        var streams = new ArrayList<LogStream>();
        String token = null;
        do {
            var page = bench.call(
                    LogsModel.DESCRIBE_LOG_STREAMS,
                    request.logGroupName("g").nextToken(token).build());
            streams.addAll(Objects.requireNonNull(page.logStreams()));
            token = page.nextToken();
        } while (token != null);
        return streams;
    }

    private List<String> names(DescribeLogStreamsRequest.Builder request) {
        return all(request).stream()
                .map(stream -> Objects.requireNonNull(stream.logStreamName()))
                .toList();
    }

    @Test
    void describesAStreamByItsEvents() {
        bench.createStream("g", "2026/08/07/[$LATEST]abc");
        bench.put("g", "2026/08/07/[$LATEST]abc", event(NOW - 5, "a"), event(NOW + 5, "b"));
        var stream = all(DescribeLogStreamsRequest.builder()).getFirst();
        assertThat(stream.logStreamName()).isEqualTo("2026/08/07/[$LATEST]abc");
        assertThat(stream.arn())
                .isEqualTo("arn:aws:logs:us-east-1:111111111111:log-group:g:log-stream:2026/08/07/[$LATEST]abc");
        assertThat(stream.creationTime()).isEqualTo(NOW);
        assertThat(stream.firstEventTimestamp()).isEqualTo(NOW - 5);
        assertThat(stream.lastEventTimestamp()).isEqualTo(NOW + 5);
        assertThat(stream.lastIngestionTime()).isEqualTo(NOW);
        assertThat(stream.uploadSequenceToken()).hasSize(56);
        assertThat(stream.storedBytes()).isZero();
    }

    @Test
    void describesAnEmptyStreamWithoutTimes() {
        bench.createStream("g", "s");
        var stream = all(DescribeLogStreamsRequest.builder()).getFirst();
        assertThat(stream.firstEventTimestamp()).isNull();
        assertThat(stream.lastEventTimestamp()).isNull();
    }

    @Test
    void ordersByNameAndPages() {
        for (var name : List.of("b", "d", "a", "c", "e", "e2")) {
            bench.createStream("g", name);
        }
        assertThat(names(DescribeLogStreamsRequest.builder().limit(2))).containsExactly("a", "b", "c", "d", "e", "e2");
        assertThat(names(DescribeLogStreamsRequest.builder().limit(2).descending(true)))
                .containsExactly("e2", "e", "d", "c", "b", "a");
        assertThat(names(DescribeLogStreamsRequest.builder()
                        .logStreamNamePrefix("e")
                        .limit(1)))
                .containsExactly("e", "e2");
        assertThat(names(DescribeLogStreamsRequest.builder()
                        .logStreamNamePrefix("e")
                        .descending(true)
                        .limit(1)))
                .containsExactly("e2", "e");
    }

    @Test
    void ordersByLastEventAndPages() {
        for (var name : List.of("none", "none2", "old", "new", "same1", "same2")) {
            bench.createStream("g", name);
        }
        bench.put("g", "old", event(NOW - 100, "x"));
        bench.put("g", "new", event(NOW + 100, "x"));
        bench.put("g", "same1", event(NOW, "x"));
        bench.put("g", "same2", event(NOW, "x"));
        for (int limit : List.of(1, 2, 3, 50)) {
            assertThat(names(DescribeLogStreamsRequest.builder()
                            .orderBy("LastEventTime")
                            .limit(limit)))
                    .containsExactly("none", "none2", "old", "same1", "same2", "new");
            assertThat(names(DescribeLogStreamsRequest.builder()
                            .orderBy("LastEventTime")
                            .descending(true)
                            .limit(limit)))
                    .containsExactly("new", "same2", "same1", "old", "none2", "none");
        }
    }

    @Test
    void refusesWhatCannotBeListed() {
        bench.assertRefused(
                LogsModel.DESCRIBE_LOG_STREAMS,
                DescribeLogStreamsRequest.builder()
                        .logGroupName("g")
                        .orderBy("LastEventTime")
                        .logStreamNamePrefix("x")
                        .build(),
                "InvalidParameterException",
                "Cannot order by LastEventTime with a logStreamNamePrefix.");
        bench.assertRefused(
                LogsModel.DESCRIBE_LOG_STREAMS,
                DescribeLogStreamsRequest.builder().build(),
                "InvalidParameterException",
                "Either LogGroup name or LogGroup identifier must be specified.");
        bench.assertRefused(
                LogsModel.DESCRIBE_LOG_STREAMS,
                DescribeLogStreamsRequest.builder()
                        .logGroupName("g")
                        .logGroupIdentifier("g")
                        .build(),
                "InvalidParameterException",
                "LogGroup name and LogGroup identifier are mutually exclusive parameters.");
        for (var token : List.of("§", "Zm9v")) {
            bench.assertRefused(
                    LogsModel.DESCRIBE_LOG_STREAMS,
                    DescribeLogStreamsRequest.builder()
                            .logGroupName("g")
                            .orderBy("LastEventTime")
                            .nextToken(token)
                            .build(),
                    "InvalidParameterException",
                    "The specified nextToken is invalid.");
        }
    }

    @Test
    void findsAGroupByItsIdentifier() {
        bench.createStream("g", "s");
        for (var identifier : List.of("g", "arn:aws:logs:us-east-1:111111111111:log-group:g")) {
            assertThat(bench.call(
                                    LogsModel.DESCRIBE_LOG_STREAMS,
                                    DescribeLogStreamsRequest.builder()
                                            .logGroupIdentifier(identifier)
                                            .build())
                            .logStreams())
                    .hasSize(1);
        }
    }

    @Test
    void refusesASecondStreamOfTheSameName() {
        bench.createStream("g", "s");
        bench.assertRefused(
                LogsModel.CREATE_LOG_STREAM,
                new CreateLogStreamRequest("g", "s"),
                "ResourceAlreadyExistsException",
                "The specified log stream already exists");
    }

    @Test
    void forgetsTheEventsOfADeletedStreamOnly() {
        bench.createStream("g", "s");
        bench.createStream("g", "t");
        for (int i = 0; i < 200; i++) {
            bench.put("g", i % 2 == 0 ? "s" : "t", event(NOW + i, "m" + i));
        }
        bench.call(LogsModel.DELETE_LOG_STREAM, new DeleteLogStreamRequest("g", "s"));
        assertThat(bench.filter(FilterLogEventsRequest.builder().logGroupName("g")))
                .hasSize(100);
        assertThat(bench.messages("g", "t")).hasSize(100);
        assertThat(bench.store.scan(EventReader.TABLE, new byte[0], null, 1_000))
                .hasSize(100);
        bench.assertRefused(
                LogsModel.DELETE_LOG_STREAM,
                new DeleteLogStreamRequest("g", "s"),
                "ResourceNotFoundException",
                "The specified log stream does not exist.");
        bench.createStream("g", "s");
        assertThat(bench.messages("g", "s")).isEmpty();
    }
}
