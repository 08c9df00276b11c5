// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import static dev.clew.events.delivery.BusBench.FUNCTION;
import static dev.clew.events.delivery.BusBench.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.events.api.DeadLetterConfig;
import dev.clew.events.api.InputTransformer;
import dev.clew.events.api.RetryPolicy;
import dev.clew.events.api.Target;
import dev.clew.events.delivery.Targets.AttemptOutcome.Refused;
import dev.clew.events.delivery.Targets.AttemptOutcome.Unavailable;
import dev.clew.events.ledger.DeliveryState;
import dev.clew.events.ledger.ErrorCode;
import dev.clew.events.story.EventStory.DeliveryStory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Challenge 3 of the recipe, as far as the bus is concerned. */
final class DeadLetterTest {
    private static final Unavailable BUSY = new Unavailable(ErrorCode.ERROR_FROM_TARGET, "500 Internal Server Error");
    private static final String RULE = "arn:aws:events:us-east-1:111111111111:rule/r";

    private final BusBench bench = new BusBench();

    private UUID put(Target.Builder target) {
        bench.rule("r", null, "{\"source\":[\"a\"]}", target.build());
        return bench.put("{\"n\": 1.50}");
    }

    private static Target.Builder withQueue() {
        return BusBench.target(FUNCTION).deadLetterConfig(new DeadLetterConfig(QUEUE));
    }

    private DeliveryStory delivery(UUID event) {
        return bench.stories
                .story(event)
                .orElseThrow()
                .arrivals()
                .getFirst()
                .deliveries()
                .getFirst();
    }

    @Test
    void aRefusalIsDeadLetteredAtOnce() {
        bench.answering(FUNCTION, new Refused(ErrorCode.NO_PERMISSIONS, "no statement allows it"));
        var event = put(withQueue());
        bench.settle();
        assertThat(bench.attempts).hasSize(2);
        var letter = bench.attempts.getLast();
        assertThat(letter.target()).isEqualTo(QUEUE);
        assertThat(letter.attributes())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "RULE_ARN", RULE,
                        "TARGET_ARN", FUNCTION,
                        "ERROR_CODE", "NO_PERMISSIONS",
                        "ERROR_MESSAGE", "no statement allows it",
                        "RETRY_ATTEMPTS", "0"));
        assertThat(String.valueOf(letter.trace())).startsWith("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=");
        assertThat(new String(letter.payload(), StandardCharsets.UTF_8))
                .startsWith("{\"version\":\"0\",\"id\":\"" + event + "\"")
                .endsWith("\"detail\":{\"n\":1.50}}");
        assertThat(delivery(event).state()).isEqualTo(DeliveryState.DEAD_LETTERED);
        assertThat(delivery(event).deadLetterQueue()).isEqualTo(QUEUE);
    }

    @Test
    void theLetterIsTheEventEvenIfTheTargetGetsSomethingElse() {
        bench.answering(FUNCTION, new Refused(ErrorCode.NO_RESOURCE, "no such function"));
        put(withQueue().inputTransformer(new InputTransformer(Map.of("n", "$.detail.n"), "{\"only\": <n>}")));
        bench.settle();
        assertThat(new String(bench.attempts.getFirst().payload(), StandardCharsets.UTF_8))
                .isEqualTo("{\"only\": 1.50}");
        assertThat(new String(bench.attempts.getLast().payload(), StandardCharsets.UTF_8))
                .contains("\"detail\":{\"n\":1.50}");
        assertThat(bench.attempts.getFirst().trace())
                .isEqualTo(bench.attempts.getLast().trace());
    }

    @Test
    void twoRetriesAreThreeAttemptsThenALetterThatNamesTheLimit() {
        bench.answering(FUNCTION, BUSY, BUSY, BUSY);
        put(withQueue().retryPolicy(new RetryPolicy(2, 60)));
        bench.live(Duration.ofSeconds(60));
        assertThat(bench.attempts.stream().map(Targets.Attempt::target))
                .containsExactly(FUNCTION, FUNCTION, FUNCTION, QUEUE);
        assertThat(bench.attempts.stream().map(Targets.Attempt::number)).containsExactly(1, 2, 3, 1);
        assertThat(bench.attempts.getLast().attributes())
                .containsEntry("ERROR_CODE", "ERROR_FROM_TARGET")
                .containsEntry("ERROR_MESSAGE", "500 Internal Server Error")
                .containsEntry("EXHAUSTED_RETRY_CONDITION", "MaximumRetryAttempts")
                .containsEntry("RETRY_ATTEMPTS", "2");
    }

    @Test
    void theAgeEndsWhatAttemptsDoNot() {
        for (int i = 0; i < 50; i++) {
            bench.answering(FUNCTION, BUSY);
        }
        put(withQueue().retryPolicy(new RetryPolicy(185, 60)));
        bench.live(Duration.ofMinutes(5));
        assertThat(bench.attempts.getLast().attributes())
                .containsEntry("EXHAUSTED_RETRY_CONDITION", "MaximumEventAgeInSeconds")
                .containsEntry("RETRY_ATTEMPTS", Integer.toString(bench.attempts.size() - 2));
        assertThat(bench.attempts.size()).isBetween(6, 20);
    }

    @Test
    void aServerThatWasDownTooLongDoesNotTryAgain() {
        bench.answering(FUNCTION, BUSY);
        put(withQueue().retryPolicy(new RetryPolicy(5, 60)));
        bench.settle();
        bench.clock.advance(Duration.ofMinutes(10));
        bench.restart();
        bench.settle();
        assertThat(bench.attempts.stream().map(Targets.Attempt::target)).containsExactly(FUNCTION, QUEUE);
        assertThat(bench.attempts.getLast().attributes())
                .containsEntry("ERROR_CODE", "ERROR_FROM_TARGET")
                .containsEntry("EXHAUSTED_RETRY_CONDITION", "MaximumEventAgeInSeconds")
                .containsEntry("RETRY_ATTEMPTS", "0");
    }

    @Test
    void withoutAQueueTheFailureStaysOnRecord() {
        bench.answering(FUNCTION, new Refused(ErrorCode.NO_PERMISSIONS, "no statement allows it"));
        var event = put(BusBench.target(FUNCTION));
        bench.settle();
        bench.restart();
        bench.settle();
        assertThat(bench.attempts).hasSize(1);
        assertThat(delivery(event).state()).isEqualTo(DeliveryState.FAILED);
        assertThat(delivery(event).code()).isEqualTo(ErrorCode.NO_PERMISSIONS);
        assertThat(delivery(event).cause()).isEqualTo("no statement allows it");
    }

    @Test
    void aQueueThatIsBusyGetsTheLetterLater() {
        bench.answering(FUNCTION, new Refused(ErrorCode.NO_PERMISSIONS, "no statement allows it"))
                .answering(QUEUE, BUSY, BUSY);
        var event = put(withQueue());
        bench.settle();
        assertThat(delivery(event).state()).isEqualTo(DeliveryState.RETRYING);
        bench.restart();
        bench.live(Duration.ofMinutes(1));
        assertThat(delivery(event).state()).isEqualTo(DeliveryState.DEAD_LETTERED);
        assertThat(bench.attempts.stream().map(Targets.Attempt::target)).containsExactly(FUNCTION, QUEUE, QUEUE, QUEUE);
        assertThat(bench.attempts.getLast().attributes()).containsEntry("ERROR_CODE", "NO_PERMISSIONS");
    }

    @Test
    void aQueueThatRefusesLeavesBothReasonsOnRecord() {
        bench.answering(FUNCTION, new Refused(ErrorCode.NO_RESOURCE, "no such function"))
                .answering(QUEUE, new Refused(ErrorCode.NO_PERMISSIONS, "the queue's policy has no statement"));
        var event = put(withQueue());
        bench.settle();
        assertThat(delivery(event).state()).isEqualTo(DeliveryState.FAILED);
        assertThat(delivery(event).cause()).isEqualTo("no such function");
        assertThat(delivery(event).steps().getLast().reason()).isEqualTo("the queue's policy has no statement");
        var failure = bench.ledger
                .failures(bench.ledger.arrivals(event).getFirst().key())
                .getFirst();
        assertThat(failure.deadLettered()).isFalse();
        assertThat(failure.letterProblem()).isEqualTo("the queue's policy has no statement");
    }

    @Test
    void noInputIsNoReasonToTryAgain() {
        put(withQueue().inputPath("$.detail.absent"));
        bench.settle();
        assertThat(bench.attempts).hasSize(1);
        assertThat(bench.attempts.getFirst().attributes())
                .containsEntry("ERROR_CODE", "INVALID_JSON")
                .containsEntry("RETRY_ATTEMPTS", "0")
                .doesNotContainKey("EXHAUSTED_RETRY_CONDITION");
    }
}
