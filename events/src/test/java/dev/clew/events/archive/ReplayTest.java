// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.trace.TraceHeader;
import dev.clew.events.api.CancelReplayRequest;
import dev.clew.events.api.DeleteArchiveRequest;
import dev.clew.events.api.EventsModel;
import dev.clew.events.api.ListReplaysRequest;
import dev.clew.events.api.Replay;
import dev.clew.events.api.ReplayDestination;
import dev.clew.events.api.StartReplayRequest;
import dev.clew.events.emission.Emission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReplayTest extends ArchiveFixture {
    private final Instant begin = clock.instant();

    @BeforeEach
    void eightEventsASecondApart() {
        createArchive("all", null, null);
        for (int i = 7; i >= 0; i--) { // archived in another order than they happened
            take("shop", begin.plusSeconds(i), "{\"n\":" + i + ".00}");
        }
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> "{\"n\":" + i + ".00}")
                .toList();
    }

    @Test
    void theWindowIsReplayedInOrderOfTime() {
        var answer = startReplay("again", "all", begin.plusSeconds(2), begin.plusSeconds(6));
        assertThat(answer.state()).isEqualTo("STARTING");
        assertThat(answer.replayArn()).isEqualTo("arn:aws:events:us-east-1:111111111111:replay/again");
        assertThat(replay("again").state()).isEqualTo("STARTING");
        clock.advance(Duration.ofMinutes(1));
        runBackground();
        assertThat(bus.details()).isEqualTo(numbers(2, 6));
        var described = replay("again");
        assertThat(described.state()).isEqualTo("COMPLETED");
        assertThat(described.eventLastReplayedTime()).isEqualTo(begin.plusSeconds(6));
        assertThat(described.replayEndTime()).isEqualTo(clock.instant());
        assertThat(described.replayStartTime()).isEqualTo(begin);
        assertThat(described.eventSourceArn()).endsWith(":archive/all");
        assertThat(Objects.requireNonNull(described.destination()).arn()).isEqualTo(BUS);
    }

    @Test
    void aReplayedEventHasAnotherIdAndTheReplaysName() {
        startReplay("again", "all", begin, begin.plusMillis(1));
        runBackground();
        var event = bus.emitted.getFirst();
        assertThat(event.json())
                .isEqualTo(envelope(event.id(), "shop", begin, "{\"n\":0.00}")
                        .replace("\"resources\":[\"r\"]", "\"replay-name\":\"again\",\"resources\":[\"r\"]"));
        assertThat(event.source()).isEqualTo("shop");
        assertThat(event.detailType()).isEqualTo("T \",\"resources\":[");
        assertThat(event.via()).endsWith(":replay/again");
        assertThat(event.rules()).isEqualTo(new Emission.Takers.All());
    }

    @Test
    void itsTraceGoesOnOrIsLinkedAsTheSettingSays() {
        var original = TraceHeader.parse(TRACE).orElseThrow();
        startReplay("continued", "all", begin, begin.plusMillis(1));
        runBackground();
        assertThat(bus.emitted.getLast().trace()).isEqualTo(new Emission.Trace.Continued(original));
        config = config.withLinkedTraces(true);
        reopen();
        startReplay("linked", "all", begin, begin.plusMillis(1));
        runBackground();
        assertThat(bus.emitted.getLast().trace()).isEqualTo(new Emission.Trace.Linked(original));
    }

    @Test
    void filtersNameTheRulesThatTakePart() {
        var rule = "arn:aws:events:us-east-1:111111111111:rule/audit";
        startReplay("again", "all", begin, begin.plusMillis(1), rule);
        runBackground();
        assertThat(bus.emitted.getFirst().rules()).isEqualTo(new Emission.Takers.Matching(Set.of(rule)));
        assertThat(Objects.requireNonNull(replay("again").destination()).filterArns())
                .containsExactly(rule);
    }

    @Test
    void itGoesOnAfterARestartWithTheNextEvent() {
        startReplay("again", "all", begin, begin.plusSeconds(9));
        bus.whenAsked = () -> {
            if (bus.emitted.size() >= 3) {
                throw new ProcessDied();
            }
        };
        try {
            runBackground();
        } catch (ProcessDied killed) {
            bus.whenAsked = () -> {};
        }
        assertThat(bus.emitted).hasSize(3);
        assertThat(replay("again").state()).isEqualTo("RUNNING");
        assertThat(replay("again").eventLastReplayedTime()).isEqualTo(begin.plusSeconds(2));
        reopen();
        archiving.start();
        archiving.close();
        runBackground();
        assertThat(bus.details()).isEqualTo(numbers(0, 7));
        assertThat(replay("again").state()).isEqualTo("COMPLETED");
    }

    private static final class ProcessDied extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void itWaitsWhileMuchIsOwed() {
        startReplay("again", "all", begin, begin.plusSeconds(9));
        bus.owed = 15; // each nap of the fixture delivers one
        runBackground();
        assertThat(bus.owed).isEqualTo(9);
        assertThat(bus.details()).isEqualTo(numbers(0, 7));
    }

    @Test
    void cancellingStopsBeforeTheNextPage() {
        startReplay("again", "all", begin, begin.plusSeconds(9));
        bus.whenAsked = () -> {
            if (bus.emitted.size() == 3 && "RUNNING".equals(replay("again").state())) {
                var answer = calls.call(EventsModel.CANCEL_REPLAY, new CancelReplayRequest("again"));
                assertThat(answer.state()).isEqualTo("CANCELLING");
            }
        };
        runBackground();
        assertThat(bus.details()).isEqualTo(numbers(0, 2));
        assertThat(replay("again").state()).isEqualTo("CANCELLED");
        assertThat(replay("again").replayEndTime()).isEqualTo(clock.instant());
        refused(
                "IllegalStatusException",
                "Replay again is not in a valid state for this operation.",
                () -> calls.call(EventsModel.CANCEL_REPLAY, new CancelReplayRequest("again")));
    }

    @Test
    void itFailsWhenItsArchiveIsGone() {
        startReplay("again", "all", begin, begin.plusSeconds(9));
        calls.call(EventsModel.DELETE_ARCHIVE, new DeleteArchiveRequest("all"));
        createArchive("all", null, null);
        runBackground();
        assertThat(replay("again").state()).isEqualTo("FAILED");
        assertThat(replay("again").stateReason()).isEqualTo("Archive all does not exist.");
    }

    @Test
    void whatBreaksIsTold() {
        startReplay("again", "all", begin, begin.plusSeconds(9));
        bus.broken = new IllegalStateException("no space");
        runBackground();
        assertThat(replay("again").state()).isEqualTo("FAILED");
        assertThat(replay("again").stateReason()).isEqualTo("Something failed: no space");
    }

    @Test
    void aWindowWithoutEventsCompletesAtOnce() {
        startReplay("again", "all", begin.minusSeconds(9), begin.minusSeconds(1));
        runBackground();
        assertThat(replay("again").state()).isEqualTo("COMPLETED");
        assertThat(replay("again").eventLastReplayedTime()).isNull();
    }

    @Test
    void errorsReadAsTheServicesOwn() {
        var later = begin.plusSeconds(1);
        startReplay("again", "all", begin, later);
        refused(
                "ResourceAlreadyExistsException",
                "Replay again already exists.",
                () -> startReplay("again", "all", begin, later));
        refused("ResourceNotFoundException", "Replay nope does not exist.", () -> replay("nope"));
        refused(
                "ResourceNotFoundException",
                "Replay nope does not exist.",
                () -> calls.call(EventsModel.CANCEL_REPLAY, new CancelReplayRequest("nope")));
        refused(
                "ValidationException",
                "Parameter EventSourceArn is not valid. Reason: Archive nope does not exist.",
                () -> startReplay("other", "nope", begin, later));
        refused(
                "ValidationException",
                "Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.",
                () -> startReplay("other", "all", later, begin));
        refused(
                "ValidationException",
                "Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.",
                () -> calls.call(
                        EventsModel.START_REPLAY,
                        StartReplayRequest.builder()
                                .replayName("other")
                                .eventSourceArn("arn:aws:events:us-east-1:111111111111:archive/all")
                                .eventStartTime(begin)
                                .eventEndTime(later)
                                .destination(new ReplayDestination(BUS + "2", null))
                                .build()));
        refused(
                "ValidationException",
                "Parameter Destination.FilterArns is not valid. Reason:"
                        + " arn:aws:events:us-east-1:111111111111:rule/orders/r is not the ARN of a rule of the event"
                        + " bus.",
                () -> startReplay("other", "all", begin, later, "arn:aws:events:us-east-1:111111111111:rule/orders/r"));
        startReplay("second", "all", begin, later);
        refused(
                "LimitExceededException",
                "The requested resource exceeds the maximum number allowed.",
                () -> startReplay("third", "all", begin, later));
        runBackground();
        startReplay("third", "all", begin, later);
    }

    @Test
    void replaysAreListedByPrefixStateAndArchiveAndForgottenInTheEnd() {
        startReplay("a1", "all", begin, begin.plusSeconds(1));
        runBackground();
        startReplay("a2", "all", begin, begin.plusSeconds(1));
        assertThat(names(new ListReplaysRequest("a", null, null, null, null))).containsExactly("a1", "a2");
        assertThat(names(new ListReplaysRequest(null, "COMPLETED", null, null, null)))
                .containsExactly("a1");
        assertThat(names(new ListReplaysRequest(
                        null, null, "arn:aws:events:us-east-1:111111111111:archive/x", null, null)))
                .isEmpty();
        clock.advance(Duration.ofDays(91));
        archiving.tidy();
        assertThat(names(new ListReplaysRequest(null, null, null, null, null))).containsExactly("a2");
    }

    private List<String> names(ListReplaysRequest asked) {
        return Objects.requireNonNull(
                        calls.call(EventsModel.LIST_REPLAYS, asked).replays())
                .stream()
                .map(Replay::replayName)
                .map(Objects::requireNonNull)
                .toList();
    }
}
