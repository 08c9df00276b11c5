// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.core.store.WriteBatch;
import dev.clew.events.Calls;
import dev.clew.events.Partly;
import dev.clew.events.api.CreateArchiveRequest;
import dev.clew.events.api.DescribeArchiveRequest;
import dev.clew.events.api.DescribeArchiveResponse;
import dev.clew.events.api.DescribeReplayRequest;
import dev.clew.events.api.DescribeReplayResponse;
import dev.clew.events.api.EventsModel;
import dev.clew.events.api.ReplayDestination;
import dev.clew.events.api.StartReplayRequest;
import dev.clew.events.api.StartReplayResponse;
import dev.clew.events.bus.Buses;
import dev.clew.events.emission.Emission;
import dev.clew.events.emission.Emitter;
import dev.clew.events.ledger.AcceptedEvent;
import dev.clew.events.pattern.PatternLimits;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.MemoryStore;
import dev.clew.testkit.SequentialIds;
import dev.clew.wire.ServiceException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** Archives and replays on a store in memory; events are taken, and put on the bus again, by hand. */
abstract class ArchiveFixture {
    static final String BUS = "arn:aws:events:us-east-1:111111111111:event-bus/default";
    static final String TRACE = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=2558e4c43a5bc9ce;Sampled=1";

    final ManualClock clock = new ManualClock();
    final MemoryStore store = new MemoryStore();
    final SequentialIds ids = new SequentialIds();
    final FakeBus bus = new FakeBus();
    final Queue<Runnable> background = new ArrayDeque<>();
    ArchiveConfig config = new ArchiveConfig(false, 10, 3, 4, 2);
    Archives archives = new Archives(store, clock, ids);
    Archiving archiving = open();
    Calls calls = calls();

    /** A bus that keeps what replays put on it. */
    final class FakeBus implements Emitter {
        final List<Emission> emitted = new ArrayList<>();
        long owed;
        Runnable whenAsked = () -> {};

        @Nullable
        RuntimeException broken;

        @Override
        public void emit(List<Emission> events, Consumer<WriteBatch> with) {
            if (broken != null) {
                throw broken;
            }
            var batch = new WriteBatch();
            with.accept(batch);
            store.commit(batch);
            emitted.addAll(events);
        }

        @Override
        public long owed() {
            whenAsked.run();
            return owed;
        }

        List<String> details() {
            return emitted.stream()
                    .map(event -> event.json().replaceAll(".*\"detail\":", "").replaceAll("}$", ""))
                    .toList();
        }
    }

    private Archiving open() {
        return new Archiving(
                archives,
                store,
                new Buses(store),
                bus,
                clock,
                ids,
                PatternLimits.DEFAULTS,
                config,
                background::add,
                wait -> bus.owed--);
    }

    private Calls calls() {
        return Calls.of(Partly.bound(name -> name.matches(".*(Archive|Replay)s?"), archiving::bind));
    }

    /** The same store under a new process. */
    void reopen() {
        background.clear();
        archives = new Archives(store, clock, ids);
        archiving = open();
        calls = calls();
    }

    /** Does what waits in the background. */
    void runBackground() {
        for (var task = background.poll(); task != null; task = background.poll()) {
            task.run();
        }
    }

    void createArchive(String name, @Nullable String pattern, @Nullable Integer days) {
        calls.call(
                EventsModel.CREATE_ARCHIVE,
                CreateArchiveRequest.builder()
                        .archiveName(name)
                        .eventSourceArn(BUS)
                        .eventPattern(pattern)
                        .retentionDays(days)
                        .build());
    }

    DescribeArchiveResponse archive(String name) {
        return calls.call(EventsModel.DESCRIBE_ARCHIVE, new DescribeArchiveRequest(name));
    }

    /** The bus takes an event of {@code time}. */
    void take(String source, Instant time, String detail) {
        var id = ids.nextUuid();
        take(id, envelope(id, source, time, detail));
    }

    void take(UUID id, String json) {
        var batch = new WriteBatch();
        var visible = archives.stage(batch, accepted(id, json));
        store.commit(batch);
        visible.run();
    }

    AcceptedEvent accepted(UUID id, String json) {
        return new AcceptedEvent(
                id,
                id,
                Calls.HERE,
                "default",
                false,
                clock.instant(),
                json.replaceAll(".*\",\"source\":\"([^\"]*)\".*", "$1"),
                "T \",\"resources\":[",
                json,
                TRACE,
                0,
                AcceptedEvent.PUT_EVENTS,
                List.of(),
                List.of());
    }

    static String envelope(UUID id, String source, Instant time, String detail) {
        return "{\"version\":\"0\",\"id\":\"" + id + "\",\"detail-type\":\"T \\\",\\\"resources\\\":[\",\"source\":\""
                + source + "\",\"account\":\"111111111111\",\"time\":\"" + time
                + "\",\"region\":\"us-east-1\",\"resources\":[\"r\"],\"detail\":" + detail + "}";
    }

    StartReplayResponse startReplay(String name, String archive, Instant from, Instant until, String... filters) {
        return calls.call(
                EventsModel.START_REPLAY,
                StartReplayRequest.builder()
                        .replayName(name)
                        .eventSourceArn("arn:aws:events:us-east-1:111111111111:archive/" + archive)
                        .eventStartTime(from)
                        .eventEndTime(until)
                        .destination(new ReplayDestination(BUS, filters.length == 0 ? null : List.of(filters)))
                        .build());
    }

    DescribeReplayResponse replay(String name) {
        return calls.call(EventsModel.DESCRIBE_REPLAY, new DescribeReplayRequest(name));
    }

    static void refused(String code, String message, ThrowingCallable call) {
        var refusal = catchThrowableOfType(ServiceException.class, call);
        assertThat(refusal).as(message).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.message()).isEqualTo(message);
        assertThat(refusal.status()).isEqualTo(400);
    }
}
