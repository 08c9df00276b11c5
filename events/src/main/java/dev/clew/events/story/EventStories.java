// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.story;

import dev.clew.events.bus.BusName;
import dev.clew.events.bus.Buses;
import dev.clew.events.bus.Rule;
import dev.clew.events.ledger.AcceptedEvent;
import dev.clew.events.ledger.DeliveryState;
import dev.clew.events.ledger.EventLedger;
import dev.clew.events.ledger.Step;
import dev.clew.events.ledger.Step.Outcome;
import dev.clew.events.story.EventStory.DeliveryStory;
import dev.clew.events.story.EventStory.Miss;
import dev.clew.events.story.EventStory.OnBus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where events are, and how they came there, as long as the ledger keeps them. Reads what is durable; changes nothing. Safe for use
 * by many threads.
 */
public final class EventStories {
    private static final int MOST_EXAMINED = 20_000;

    private final EventLedger ledger;
    private final Buses buses;

    public EventStories(EventLedger ledger, Buses buses) {
        this.ledger = ledger;
        this.buses = buses;
    }

    /** The story of the event {@code id}; nothing if it is not known, or past retention. */
    public Optional<EventStory> story(UUID id) {
        var arrivals = ledger.arrivals(id);
        return arrivals.isEmpty()
                ? Optional.empty()
                : Optional.of(new EventStory(
                        id.toString(), arrivals.stream().map(this::onBus).toList()));
    }

    /** A page of events, the latest first. */
    public EventSummary.Page search(EventQuery query) {
        var found = new ArrayList<EventSummary>();
        var examined = new int[1];
        var last = new AcceptedEvent.@Nullable Key[1];
        ledger.latest(query.since(), query.until(), query.after(), heading -> {
            if (found.size() == query.limit() || examined[0] == MOST_EXAMINED) {
                return false;
            }
            examined[0]++;
            last[0] = heading.key();
            if (query.mayBe(heading)) {
                ledger.event(heading.key())
                        .map(this::summary)
                        .filter(summary -> query.outcome() == null || query.outcome() == summary.outcome())
                        .ifPresent(found::add);
            }
            return true;
        });
        boolean more = found.size() == query.limit() || examined[0] == MOST_EXAMINED;
        return new EventSummary.Page(found, more && last[0] != null ? EventQuery.token(last[0]) : null);
    }

    private EventSummary summary(AcceptedEvent event) {
        var deliveries = deliveries(event);
        var outcome = outcome(event, deliveries);
        return new EventSummary(
                event.id().toString(),
                event.bus(),
                event.scope().account(),
                event.scope().region(),
                event.accepted(),
                event.source(),
                event.detailType(),
                outcome,
                trace(event),
                event.rules(),
                deliveries,
                cause(event, outcome, deliveries));
    }

    private static @Nullable String cause(AcceptedEvent event, EventOutcome outcome, List<DeliveryStory> deliveries) {
        return switch (outcome) {
            case DROPPED -> "there is no bus " + event.bus();
            case UNMATCHED -> "no rule of bus " + event.bus() + " matched";
            case UNTARGETED -> "the rules that matched had no targets";
            case PENDING, DELIVERED -> null;
            case FAILED, DEAD_LETTERED, RETRYING ->
                deliveries.stream()
                        .filter(delivery -> delivery.state().name().equals(outcome.name()))
                        .map(DeliveryStory::cause)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
        };
    }

    private static EventOutcome outcome(AcceptedEvent event, List<DeliveryStory> deliveries) {
        return EventOutcome.of(
                event, deliveries.stream().map(DeliveryStory::state).toList());
    }

    private static @Nullable String trace(AcceptedEvent event) {
        return event.context().map(context -> context.root().toString()).orElse(null);
    }

    private OnBus onBus(AcceptedEvent event) {
        var deliveries = deliveries(event);
        return new OnBus(
                event.bus(),
                event.scope().account(),
                event.scope().region(),
                event.accepted(),
                event.source(),
                event.detailType(),
                event.via(),
                event.hops(),
                outcome(event, deliveries),
                trace(event),
                event.json(),
                event.rules(),
                deliveries,
                misses(event));
    }

    private List<DeliveryStory> deliveries(AcceptedEvent event) {
        Map<UUID, List<Step>> steps = ledger.steps(event.key()).stream().collect(Collectors.groupingBy(Step::delivery));
        return event.owes().stream()
                .map(owed -> delivery(owed, steps.getOrDefault(owed.delivery(), List.of())))
                .toList();
    }

    private static DeliveryStory delivery(AcceptedEvent.Owed owed, List<Step> steps) {
        var last = steps.isEmpty() ? null : steps.getLast();
        var why = why(steps);
        return new DeliveryStory(
                owed.delivery().toString(),
                owed.rule(),
                owed.targetId(),
                owed.target(),
                last == null ? DeliveryState.PENDING : last.state(),
                why == null ? null : why.code(),
                why == null ? null : why.reason(),
                why == null ? null : why.exhausted(),
                last == null ? null : last.next(),
                last != null && last.outcome() == Outcome.DEAD_LETTERED ? last.target() : null,
                steps);
    }

    /** The last step at which the target did not take the event, unless somebody took it later. */
    private static @Nullable Step why(List<Step> steps) {
        for (var step : steps.reversed()) {
            switch (step.outcome()) {
                case DELIVERED, REDRIVEN -> {
                    return null;
                }
                case RETRIED, REFUSED, FAILED -> {
                    return step;
                }
                case DEAD_LETTERED, LETTER_RETRIED, LETTER_FAILED -> {}
            }
        }
        return null;
    }

    private List<Miss> misses(AcceptedEvent event) {
        return buses.rulesOf(new BusName(event.scope(), event.bus())).stream()
                .flatMap(rules -> rules.rules().stream())
                .filter(rule -> !event.rules().contains(rule.name()))
                .map(rule -> miss(rule, event))
                .sorted(Comparator.comparingInt((Miss miss) -> miss.clauses() - miss.held())
                        .thenComparing(Miss::rule))
                .toList();
    }

    private static Miss miss(Rule rule, AcceptedEvent event) {
        var pattern = rule.eventPattern();
        return new Clauses(rule.name(), pattern == null ? "" : pattern, rule.enabled()).compare(event.json());
    }
}
