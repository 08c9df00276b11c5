// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.events.ledger.AcceptedEvent;
import dev.clew.events.ledger.Delivery;
import dev.clew.events.ledger.DeliveryState;
import dev.clew.events.ledger.FailedDelivery;
import dev.clew.events.ledger.Step;
import dev.clew.events.ledger.Step.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What must be true of the ledger at every moment: nothing lost, nothing silent, no limit exceeded. */
final class LedgerInvariants {
    private static final int MOST = 1_000_000;

    private final DeliverySimulation world;
    private final Set<UUID> settled = new HashSet<>(); // looked at once more at the end

    LedgerInvariants(DeliverySimulation world) {
        this.world = world;
    }

    void check() {
        var owed = owed();
        for (var id : world.acknowledged) {
            if (!settled.contains(id)) {
                var arrivals = world.ledger().arrivals(id);
                assertThat(arrivals).as("acknowledged event " + id).isNotEmpty();
                arrivals.forEach(event -> check(event, owed));
                if (arrivals.stream()
                        .flatMap(event -> event.owes().stream())
                        .noneMatch(owes -> owed.containsKey(owes.delivery()))) {
                    settled.add(id);
                }
            }
        }
    }

    private Map<UUID, List<Delivery>> owed() {
        var all = new HashMap<UUID, List<Delivery>>();
        for (var target : world.ledger().owedTargets()) {
            all.putAll(world.ledger().owed(target, MOST).stream().collect(Collectors.groupingBy(Delivery::id)));
        }
        return all;
    }

    private void check(AcceptedEvent event, Map<UUID, List<Delivery>> owed) {
        var steps = world.ledger().steps(event.key()).stream().collect(Collectors.groupingBy(Step::delivery));
        var failures = world.ledger().failures(event.key()).stream()
                .collect(Collectors.groupingBy(failure -> failure.delivery().id()));
        for (var owes : event.owes()) {
            var history = steps.getOrDefault(owes.delivery(), List.of());
            checkHistory(history);
            var state = history.isEmpty()
                    ? DeliveryState.PENDING
                    : history.getLast().state();
            var rows = owed.getOrDefault(owes.delivery(), List.of());
            var failed = failures.getOrDefault(owes.delivery(), List.of());
            switch (state) {
                case PENDING, RETRYING -> {
                    assertThat(rows).as(owes + " is owed once").hasSize(1);
                    assertThat(failed).isEmpty();
                    assertThat(rows.getFirst().progress().steps()).isEqualTo(history.size());
                }
                case DELIVERED -> {
                    assertThat(rows).isEmpty();
                    assertThat(failed).isEmpty();
                    assertThat(delivered(owes))
                            .as(owes + " was really delivered")
                            .isTrue();
                }
                case DEAD_LETTERED, FAILED -> {
                    assertThat(rows).isEmpty();
                    assertThat(failed).as(owes + " left a record").hasSize(1);
                    checkFailure(failed.getFirst(), history, state);
                }
            }
            checkLimits(owes, history, event);
        }
    }

    private boolean delivered(AcceptedEvent.Owed owes) {
        return owes.target().contains(":event-bus/")
                || world.targets.taken.contains(owes.delivery().toString());
    }

    private static void checkHistory(List<Step> history) {
        for (int i = 0; i < history.size(); i++) {
            assertThat(history.get(i).number()).isEqualTo(i);
            assertThat(history.get(i).waitMillis()).isNotNegative();
            boolean last = i == history.size() - 1;
            if (!last) {
                assertThat(history.get(i).next()).as("a step after the last").isNotNull();
            }
        }
    }

    private void checkFailure(FailedDelivery failure, List<Step> history, DeliveryState state) {
        assertThat(failure.verdict().cause()).as("a cause").isNotBlank();
        assertThat(failure.deadLettered()).isEqualTo(state == DeliveryState.DEAD_LETTERED);
        var queue = failure.delivery().target().deadLetterArn();
        if (state == DeliveryState.DEAD_LETTERED) {
            var letter = world.targets.letters.get(failure.delivery().id().toString());
            assertThat(letter).as("the dead letter").isNotNull();
            var verdict = failure.verdict();
            assertThat(letter.target()).isEqualTo(queue);
            assertThat(letter.attributes())
                    .containsEntry("RULE_ARN", failure.delivery().ruleArn())
                    .containsEntry("TARGET_ARN", failure.delivery().target().arn())
                    .containsEntry("ERROR_CODE", verdict.code().name())
                    .containsEntry("ERROR_MESSAGE", verdict.cause())
                    .containsEntry("RETRY_ATTEMPTS", Integer.toString(verdict.retries()));
            assertThat(letter.attributes().get("EXHAUSTED_RETRY_CONDITION")).isEqualTo(verdict.exhausted());
            assertThat(letter.trace()).as("the trace goes on").isNotNull();
        } else if (queue != null) {
            assertThat(failure.letterProblem())
                    .as("why there is no dead letter")
                    .isNotBlank();
            assertThat(history.getLast().outcome()).isEqualTo(Outcome.LETTER_FAILED);
        }
    }

    private void checkLimits(AcceptedEvent.Owed owes, List<Step> history, AcceptedEvent event) {
        var policy = world.limits.get(owes.target());
        if (policy == null) {
            return;
        }
        int retries = Objects.requireNonNullElse(policy.maximumRetryAttempts(), 185);
        var age = Duration.ofSeconds(Objects.requireNonNullElse(policy.maximumEventAgeInSeconds(), 86_400));
        var attempts = history.stream().filter(LedgerInvariants::reachedTarget).toList();
        assertThat(attempts.size()).as("attempts at " + owes).isLessThanOrEqualTo(retries + 1);
        attempts.stream()
                .skip(1)
                .forEach(step -> assertThat(step.begin())
                        .isBeforeOrEqualTo(event.accepted().plus(age)));
        history.stream()
                .filter(step -> step.outcome() == Outcome.FAILED && step.exhausted() != null)
                .forEach(step -> assertThat(step.exhausted()).isIn("MaximumRetryAttempts", "MaximumEventAgeInSeconds"));
        history.stream()
                .filter(step -> "MaximumRetryAttempts".equals(step.exhausted()) && step.outcome() == Outcome.FAILED)
                .forEach(step -> assertThat(attempts).hasSize(retries + 1));
    }

    private static boolean reachedTarget(Step step) {
        return switch (step.outcome()) {
            case DELIVERED, RETRIED, REFUSED -> true;
            case FAILED -> "MaximumRetryAttempts".equals(step.exhausted());
            case DEAD_LETTERED, LETTER_RETRIED, LETTER_FAILED, REDRIVEN -> false;
        };
    }

    /** Once nothing is owed, every delivery has ended. */
    void checkSettled() {
        settled.clear();
        check();
        assertThat(world.ledger().countOwed()).isZero();
        assertThat(world.dispatcher().held()).as("held in memory").isZero();
    }
}
