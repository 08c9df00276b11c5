// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.store.WriteBatch;
import dev.clew.events.api.Archive;
import dev.clew.events.api.CreateArchiveRequest;
import dev.clew.events.api.DeleteArchiveRequest;
import dev.clew.events.api.EventsModel;
import dev.clew.events.api.ListArchivesRequest;
import dev.clew.events.api.UpdateArchiveRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArchiveTest extends ArchiveFixture {
    @Test
    void anArchiveCountsWhatItsBusTakes() {
        createArchive("all", null, null);
        assertThat(archive("all").eventCount()).isZero();
        var id = ids.nextUuid();
        var json = envelope(id, "shop", clock.instant(), "{\"name\":\"é\"}");
        take(id, json);
        var described = archive("all");
        assertThat(described.archiveArn()).isEqualTo("arn:aws:events:us-east-1:111111111111:archive/all");
        assertThat(described.eventSourceArn()).isEqualTo(BUS);
        assertThat(described.state()).isEqualTo("ENABLED");
        assertThat(described.retentionDays()).isZero();
        assertThat(described.creationTime()).isEqualTo(clock.instant());
        assertThat(described.eventCount()).isEqualTo(1);
        assertThat(described.sizeBytes()).isEqualTo(json.length() + 1L); // é is two bytes
    }

    @Test
    void onlyWhatMatchesThePatternIsKept() {
        createArchive("shop", "{\"source\":[\"shop\"]}", null);
        createArchive("all", null, null);
        take("shop", clock.instant(), "{}");
        take("till", clock.instant(), "{}");
        assertThat(archive("shop").eventCount()).isEqualTo(1);
        assertThat(archive("all").eventCount()).isEqualTo(2);
        calls.call(EventsModel.UPDATE_ARCHIVE, new UpdateArchiveRequest("shop", null, "{\"source\":[\"till\"]}", null));
        take("till", clock.instant(), "{}");
        assertThat(archive("shop").eventCount()).isEqualTo(2);
    }

    @Test
    void countsSurviveARestartHoweverFarTheyWereSummedUp() {
        createArchive("all", null, null);
        take("shop", clock.instant(), "{}");
        take("shop", clock.instant(), "{}");
        archiving.tidy();
        take("shop", clock.instant(), "{}");
        var before = archive("all");
        reopen();
        assertThat(archive("all")).isEqualTo(before);
        assertThat(before.eventCount()).isEqualTo(3);
        archiving.tidy();
        assertThat(archive("all")).isEqualTo(before);
        assertThat(store.scan("events.archived-tallies", new byte[0], null, 10)).isEmpty();
    }

    @Test
    void whatWasNotCommittedIsNotCounted() {
        createArchive("all", null, null);
        var id = ids.nextUuid();
        archives.stage(new WriteBatch(), accepted(id, envelope(id, "shop", clock.instant(), "{}")));
        assertThat(archive("all").eventCount()).isZero();
    }

    @Test
    void retentionDropsOldEventsAndNoOthers() {
        createArchive("week", null, 7);
        createArchive("ever", null, 0);
        take("old", clock.instant(), "{}");
        clock.advance(Duration.ofDays(7));
        take("late", clock.instant().minus(Duration.ofDays(30)), "{}"); // taken now, though it happened long ago
        take("new", clock.instant(), "{}");
        archiving.tidy();
        assertThat(archive("week").eventCount()).isEqualTo(3);
        clock.advance(Duration.ofSeconds(1));
        archiving.tidy();
        assertThat(archive("week").eventCount()).isEqualTo(2);
        assertThat(archive("ever").eventCount()).isEqualTo(3);
        reopen();
        assertThat(archive("week").eventCount()).isEqualTo(2);
        startReplay("r", "week", clock.instant().minus(Duration.ofDays(60)), clock.instant());
        runBackground();
        assertThat(bus.emitted).extracting(event -> event.source()).containsExactly("late", "new");
    }

    @Test
    void aReplayedEventIsNotArchivedAgain() {
        createArchive("all", null, null);
        var id = ids.nextUuid();
        take(id, Envelope.replayed(envelope(id, "shop", clock.instant(), "{}"), ids.nextUuid(), "again"));
        assertThat(archive("all").eventCount()).isZero();
        take("shop", clock.instant(), "{\"x\":\"y\",\"replay-name\":\"mine\"}");
        assertThat(archive("all").eventCount())
                .as("a detail may say what it likes")
                .isEqualTo(1);
    }

    @Test
    void aDeletedArchiveLeavesNothingBehind() {
        createArchive("all", null, null);
        createArchive("other", null, null);
        take("shop", clock.instant(), "{}");
        calls.call(EventsModel.DELETE_ARCHIVE, new DeleteArchiveRequest("all"));
        refused("ResourceNotFoundException", "Archive all does not exist.", () -> archive("all"));
        take("shop", clock.instant(), "{}");
        assertThat(store.scan("events.archived", new byte[0], null, 10)).hasSize(2);
        assertThat(archive("other").eventCount()).isEqualTo(2);
        createArchive("all", null, null);
        assertThat(archive("all").eventCount()).isZero();
    }

    @Test
    void whatACallAddedWhileItsArchiveWasDeletedIsDroppedAtTheNextStart() {
        createArchive("all", null, null);
        createArchive("other", null, null);
        var id = ids.nextUuid();
        var batch = new WriteBatch();
        var visible = archives.stage(batch, accepted(id, envelope(id, "shop", clock.instant(), "{}")));
        calls.call(EventsModel.DELETE_ARCHIVE, new DeleteArchiveRequest("all"));
        store.commit(batch);
        visible.run();
        reopen();
        archives.dropOrphans();
        assertThat(store.scan("events.archived", new byte[0], null, 10)).hasSize(1);
        assertThat(archive("other").eventCount()).isEqualTo(1);
    }

    @Test
    void errorsReadAsTheServicesOwn() {
        createArchive("all", null, null);
        refused(
                "ResourceAlreadyExistsException",
                "Archive all already exists.",
                () -> createArchive("all", null, null));
        refused(
                "ResourceNotFoundException",
                "Event bus nope does not exist.",
                () -> createOn("arn:aws:events:us-east-1:111111111111:event-bus/nope"));
        refused(
                "ResourceNotFoundException",
                "Archive nope does not exist.",
                () -> calls.call(EventsModel.DELETE_ARCHIVE, new DeleteArchiveRequest("nope")));
        refused(
                "ResourceNotFoundException",
                "Archive nope does not exist.",
                () -> calls.call(EventsModel.UPDATE_ARCHIVE, new UpdateArchiveRequest("nope", "d", null, null)));
        refused(
                "ValidationException",
                "At least one of EventPattern, RetentionDays or Description must be provided.",
                () -> calls.call(EventsModel.UPDATE_ARCHIVE, new UpdateArchiveRequest("all", null, null, null)));
        refused(
                "InvalidEventPatternException",
                "Event pattern is not valid. Reason: Filter is not an object\n at [Source: (String)\"[]\"; line: 1,"
                        + " column: 2]",
                () -> createArchive("bad", "[]", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:events:us-east-1:111111111111:rule/r",
                "arn:aws:sqs:us-east-1:111111111111:event-bus/default",
                "arn:aws:events:eu-west-1:111111111111:event-bus/default",
                "default"
            })
    void theSourceIsABusOfThisAccountAndRegion(String source) {
        refused(
                "ValidationException",
                "Parameter EventSourceArn is not valid. Reason: Must contain an event bus ARN.",
                () -> createOn(source));
    }

    private void createOn(String source) {
        calls.call(
                EventsModel.CREATE_ARCHIVE,
                CreateArchiveRequest.builder()
                        .archiveName("other")
                        .eventSourceArn(source)
                        .build());
    }

    @Test
    void archivesAreListedByPrefixSourceAndState() {
        createArchive("a1", null, 3);
        createArchive("a2", null, null);
        createArchive("b1", null, null);
        assertThat(names(new ListArchivesRequest("a", null, null, null, null))).containsExactly("a1", "a2");
        assertThat(names(new ListArchivesRequest(null, BUS, "ENABLED", null, null)))
                .hasSize(3);
        assertThat(names(new ListArchivesRequest(null, BUS + "x", null, null, null)))
                .isEmpty();
        assertThat(names(new ListArchivesRequest(null, null, "DISABLED", null, null)))
                .isEmpty();
        createArchive("c1", null, null);
        refused(
                "LimitExceededException",
                "The requested resource exceeds the maximum number allowed.",
                () -> createArchive("c2", null, null));
    }

    private List<String> names(ListArchivesRequest asked) {
        return Objects.requireNonNull(
                        calls.call(EventsModel.LIST_ARCHIVES, asked).archives())
                .stream()
                .map(Archive::archiveName)
                .map(Objects::requireNonNull)
                .toList();
    }
}
