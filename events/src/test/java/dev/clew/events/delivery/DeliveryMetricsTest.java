// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import static dev.clew.events.delivery.BusBench.FUNCTION;
import static dev.clew.events.delivery.BusBench.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.events.api.CreateEventBusRequest;
import dev.clew.events.api.DeadLetterConfig;
import dev.clew.events.api.EventsModel;
import dev.clew.events.api.RetryPolicy;
import dev.clew.events.delivery.Targets.AttemptOutcome.Refused;
import dev.clew.events.delivery.Targets.AttemptOutcome.Unavailable;
import dev.clew.events.ledger.ErrorCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DeliveryMetricsTest {
    private static final String PATTERN = "{\"source\":[\"a\"]}";

    private final BusBench bench = new BusBench();

    private void assertCounted(String name, double expected) {
        assertThat(bench.counted.getOrDefault("{RuleName=r} " + name, 0.0))
                .as(name)
                .isEqualTo(expected);
    }

    @Test
    void countsARefusalThatIsDeadLettered() {
        bench.rule(
                "r",
                null,
                PATTERN,
                BusBench.target(FUNCTION)
                        .deadLetterConfig(new DeadLetterConfig(QUEUE))
                        .build());
        bench.answering(FUNCTION, new Refused(ErrorCode.NO_PERMISSIONS, "no statement allows it"));
        bench.put("{}");
        bench.settle();
        assertCounted("MatchedEvents", 1);
        assertCounted("TriggeredRules", 1);
        assertCounted("Invocations", 1);
        assertCounted("FailedInvocations", 1);
        assertCounted("InvocationAttempts", 1);
        assertCounted("InvocationsSentToDlq", 1);
        assertCounted("InvocationsFailedToBeSentToDlq", 0);
    }

    @Test
    void countsADeadLetterThatTheQueueRefuses() {
        bench.rule(
                "r",
                null,
                PATTERN,
                BusBench.target(FUNCTION)
                        .deadLetterConfig(new DeadLetterConfig(QUEUE))
                        .build());
        bench.answering(FUNCTION, new Refused(ErrorCode.NO_PERMISSIONS, "no"));
        bench.answering(QUEUE, new Refused(ErrorCode.NO_PERMISSIONS, "no"));
        bench.put("{}");
        bench.settle();
        assertCounted("InvocationsSentToDlq", 0);
        assertCounted("InvocationsFailedToBeSentToDlq", 1);
    }

    @Test
    void countsRetriesAsAttemptsAndNotAsInvocations() {
        bench.rule(
                "r",
                null,
                PATTERN,
                BusBench.target(FUNCTION).retryPolicy(new RetryPolicy(2, 3_600)).build());
        var busy = new Unavailable(ErrorCode.ERROR_FROM_TARGET, "500");
        bench.answering(FUNCTION, busy, busy);
        bench.put("{}");
        bench.live(Duration.ofHours(1));
        assertCounted("Invocations", 1);
        assertCounted("FailedInvocations", 0);
        assertCounted("InvocationAttempts", 3);
        assertCounted("RetryInvocationAttempts", 2);
        assertCounted("SuccessfulInvocationAttempts", 1);
    }

    @Test
    void namesTheBusUnlessItIsTheDefaultOne() {
        bench.calls.call(
                EventsModel.CREATE_EVENT_BUS,
                CreateEventBusRequest.builder().name("shop").build());
        bench.rule("r", "shop", PATTERN, BusBench.target(FUNCTION).build());
        bench.put("{}", "shop");
        bench.settle();
        assertThat(bench.counted).containsEntry("{EventBusName=shop, RuleName=r} Invocations", 1.0);
        assertCounted("Invocations", 0);
    }
}
