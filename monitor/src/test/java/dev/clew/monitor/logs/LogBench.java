// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.core.log.LogSink;
import dev.clew.core.store.Store;
import dev.clew.monitor.api.logs.CreateLogGroupRequest;
import dev.clew.monitor.api.logs.CreateLogStreamRequest;
import dev.clew.monitor.api.logs.FilterLogEventsRequest;
import dev.clew.monitor.api.logs.GetLogEventsRequest;
import dev.clew.monitor.api.logs.GetLogEventsResponse;
import dev.clew.monitor.api.logs.InputLogEvent;
import dev.clew.monitor.api.logs.LogsModel;
import dev.clew.monitor.api.logs.PutLogEventsRequest;
import dev.clew.monitor.api.logs.PutLogEventsResponse;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.MemoryStore;
import dev.clew.wire.Call;
import dev.clew.wire.Operation;
import dev.clew.wire.OperationModel;
import dev.clew.wire.ServiceException;
import dev.clew.wire.http.HttpHeaders;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** The log service on a store in memory, called without a wire. */
final class LogBench implements AutoCloseable {
    static final Scope SCOPE = new Scope("111111111111", "us-east-1");
    static final long NOW = ManualClock.START.toEpochMilli();
    static final LogsConfig CONFIG =
            new LogsConfig(Duration.ZERO, 100, 1_000, 1 << 20, Duration.ofSeconds(5), Duration.ofDays(1));

    final Store store;
    final ManualClock clock = new ManualClock();
    private LogArchive archive;

    LogBench() {
        this(new MemoryStore(), CONFIG);
    }

    LogBench(Store store, LogsConfig config) {
        this.store = store;
        this.archive = new LogArchive(store, clock, config, (scope, line) -> {});
    }

    /** What a restart leaves: the store. */
    void restart() {
        archive.close();
        archive = new LogArchive(store, clock, CONFIG, (scope, line) -> {});
    }

    LogArchive archive() {
        return archive;
    }

    <I, O> O call(OperationModel<I, O> operation, I input) {
        return call(SCOPE, operation, input);
    }

    @SuppressWarnings("unchecked") // bound by the same model
    <I, O> O call(Scope scope, OperationModel<I, O> operation, I input) {
        var bound = Objects.requireNonNull(archive.binding().bound().get(operation.name()));
        var caller = new Call.Caller(Arn.of("iam", "", scope.account(), "user/tester"), "AIDATESTER", "");
        var call = new Call(
                "request-1", scope, caller, null, HttpHeaders.EMPTY, URI.create("http://localhost"), "127.0.0.1");
        return ((Operation<I, O>) bound.handler()).handle(input, call);
    }

    <I> void assertRefused(OperationModel<I, ?> operation, I input, String code, String message) {
        assertRefused(() -> call(operation, input), code, message);
    }

    static void assertRefused(ThrowingCallable call, String code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(ServiceException.class, refusal -> {
                    org.assertj.core.api.Assertions.assertThat(refusal.code()).isEqualTo(code);
                    org.assertj.core.api.Assertions.assertThat(refusal.status()).isEqualTo(400);
                })
                .hasMessage(message);
    }

    void createGroup(String name) {
        call(
                LogsModel.CREATE_LOG_GROUP,
                CreateLogGroupRequest.builder().logGroupName(name).build());
    }

    void createStream(String group, String stream) {
        call(LogsModel.CREATE_LOG_STREAM, new CreateLogStreamRequest(group, stream));
    }

    PutLogEventsResponse put(String group, String stream, InputLogEvent... events) {
        return call(LogsModel.PUT_LOG_EVENTS, new PutLogEventsRequest(group, stream, List.of(events), null));
    }

    static InputLogEvent event(long time, String message) {
        return new InputLogEvent(time, message);
    }

    /** Appends through the sink, one second after the other from {@code time} on. */
    void append(String group, String stream, long time, String... messages) {
        var lines = new ArrayList<LogSink.Line>();
        for (int i = 0; i < messages.length; i++) {
            lines.add(new LogSink.Line(java.time.Instant.ofEpochMilli(time + 1_000L * i), messages[i]));
        }
        archive.sink().append(SCOPE, group, stream, lines);
    }

    GetLogEventsResponse get(String group, String stream, @Nullable String token, boolean fromHead, int limit) {
        return call(
                LogsModel.GET_LOG_EVENTS,
                GetLogEventsRequest.builder()
                        .logGroupName(group)
                        .logStreamName(stream)
                        .nextToken(token)
                        .startFromHead(fromHead)
                        .limit(limit)
                        .build());
    }

    List<String> messages(String group, String stream) {
        return messages(get(group, stream, null, true, 10_000));
    }

    static List<String> messages(GetLogEventsResponse response) {
        return Objects.requireNonNull(response.events()).stream()
                .map(event -> Objects.requireNonNull(event.message()))
                .toList();
    }

    /** All messages that a filter selects, page by page. */
    List<String> filter(FilterLogEventsRequest.Builder request) {
        var messages = new ArrayList<String>();
        String token = null;
        do {
            var page =
                    call(LogsModel.FILTER_LOG_EVENTS, request.nextToken(token).build());
            Objects.requireNonNull(page.events()).stream()
                    .map(event -> Objects.requireNonNull(event.message()))
                    .forEach(messages::add);
            token = page.nextToken();
        } while (token != null);
        return messages;
    }

    @Override
    public void close() {
        archive.close();
    }
}
