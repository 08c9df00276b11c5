// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import static dev.clew.monitor.logs.LogBench.NOW;
import static dev.clew.monitor.logs.LogBench.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.TaskGroup;
import dev.clew.monitor.api.logs.InputLogEvent;
import dev.clew.monitor.api.logs.LogsModel;
import dev.clew.monitor.api.logs.PutLogEventsRequest;
import dev.clew.monitor.api.logs.PutRetentionPolicyRequest;
import dev.clew.monitor.api.logs.RejectedLogEventsInfo;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PutLogEventsTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = 24 * HOUR;

    private final LogBench bench = new LogBench();

    @BeforeEach
    void open() {
        bench.createGroup("g");
        bench.createStream("g", "s");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void assertRefused(String message, InputLogEvent... events) {
        bench.assertRefused(
                LogsModel.PUT_LOG_EVENTS,
                new PutLogEventsRequest("g", "s", List.of(events), null),
                "InvalidParameterException",
                message);
        assertThat(bench.messages("g", "s")).isEmpty();
    }

    @Test
    void storesABatchBeforeTheAnswer() {
        var response = bench.put("g", "s", event(NOW, "a"), event(NOW, "b"), event(NOW + 1, "c"));
        assertThat(response.nextSequenceToken()).hasSize(56);
        assertThat(response.rejectedLogEventsInfo()).isNull();
        bench.restart();
        assertThat(bench.messages("g", "s")).containsExactly("a", "b", "c");
    }

    @Test
    void ignoresSequenceTokens() {
        bench.call(LogsModel.PUT_LOG_EVENTS, new PutLogEventsRequest("g", "s", List.of(event(NOW, "a")), "wrong"));
        assertThat(bench.messages("g", "s")).containsExactly("a");
    }

    @Test
    void needsGroupAndStream() {
        bench.assertRefused(
                LogsModel.PUT_LOG_EVENTS,
                new PutLogEventsRequest("none", "s", List.of(event(NOW, "a")), null),
                "ResourceNotFoundException",
                "The specified log group does not exist.");
        bench.assertRefused(
                LogsModel.PUT_LOG_EVENTS,
                new PutLogEventsRequest("g", "none", List.of(event(NOW, "a")), null),
                "ResourceNotFoundException",
                "The specified log stream does not exist.");
    }

    @Test
    void refusesABatchOutOfOrder() {
        assertRefused(
                "Log events in a single PutLogEvents request must be in chronological order.",
                event(NOW, "a"),
                event(NOW - 1, "b"));
    }

    @Test
    void countsTheOverheadOfEachEventInTheSizeOfABatch() {
        assertRefused(
                "Upload too large: 1048577 bytes exceeds limit of 1048576",
                event(NOW, "x".repeat(500_000)),
                event(NOW, "x".repeat(1_048_577 - 500_000 - 52)));
        assertRefused(
                "Upload too large: 1048577 bytes exceeds limit of 1048576", event(NOW, "x".repeat(1_048_577 - 26)));
        bench.put("g", "s", event(NOW, "x".repeat(1_048_576 - 26)));
        assertThat(bench.messages("g", "s")).hasSize(1);
    }

    @Test
    void refusesABatchThatSpansMoreThanADay() {
        assertRefused(
                "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.",
                event(NOW - DAY, "a"),
                event(NOW + 1, "b"));
        bench.put("g", "s", event(NOW - DAY, "a"), event(NOW, "b"));
        assertThat(bench.messages("g", "s")).containsExactly("a", "b");
    }

    @Test
    void rejectsEventsThatAreTooOldOneByOne() {
        var response = bench.put(
                "g", "s", event(NOW - 14 * DAY - 2, "a"), event(NOW - 14 * DAY - 1, "b"), event(NOW - 14 * DAY, "c"));
        assertThat(response.rejectedLogEventsInfo()).isEqualTo(new RejectedLogEventsInfo(null, 2, null));
        assertThat(bench.messages("g", "s")).containsExactly("c");
    }

    @Test
    void rejectsEventsThatAreTooNewOneByOne() {
        var response = bench.put("g", "s", event(NOW + 2 * HOUR, "a"), event(NOW + 2 * HOUR + 1, "b"));
        assertThat(response.rejectedLogEventsInfo()).isEqualTo(new RejectedLogEventsInfo(1, null, null));
        assertThat(bench.messages("g", "s")).containsExactly("a");
    }

    @Test
    void rejectsEventsPastTheRetentionOfTheGroup() {
        bench.call(LogsModel.PUT_RETENTION_POLICY, new PutRetentionPolicyRequest("g", 1));
        var response = bench.put("g", "s", event(NOW - DAY - 1, "a"), event(NOW - DAY, "b"));
        assertThat(response.rejectedLogEventsInfo()).isEqualTo(new RejectedLogEventsInfo(null, null, 1));
        assertThat(bench.messages("g", "s")).containsExactly("b");
    }

    @Test
    void storesNothingWhenAllAreRejected() {
        var response = bench.put("g", "s", event(0, "a"));
        assertThat(response.rejectedLogEventsInfo()).isEqualTo(new RejectedLogEventsInfo(null, 1, null));
        bench.put("g", "s", event(Long.MAX_VALUE, "far"));
        assertThat(bench.messages("g", "s")).isEmpty();
    }

    @Test
    void losesNothingWhenManyWriteToOneStream() throws Exception {
        try (var writers = TaskGroup.open("put")) {
            for (int i = 0; i < 20; i++) {
                int writer = i;
                writers.fork(() -> {
                    for (int n = 0; n < 20; n++) {
                        bench.put("g", "s", event(NOW + n, writer + "-" + n));
                    }
                    return null;
                });
            }
            writers.join(Duration.ofMinutes(1));
        }
        assertThat(bench.messages("g", "s")).doesNotHaveDuplicates().hasSize(400);
    }
}
