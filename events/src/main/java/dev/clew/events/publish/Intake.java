// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.publish;

import dev.clew.core.IdSource;
import dev.clew.core.store.WriteBatch;
import dev.clew.core.trace.SegmentSink;
import dev.clew.events.bus.Buses;
import dev.clew.events.bus.Rule;
import dev.clew.events.delivery.Dispatcher;
import dev.clew.events.ledger.AcceptedEvent;
import dev.clew.events.ledger.Delivery;
import dev.clew.events.ledger.EventLedger;
import dev.clew.events.ledger.Progress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes events onto their buses: decides which rules match and what is owed, then accepts events, deliveries and the bus's segments
 * in one commit. An event for a bus that does not exist is kept too, as dropped. Safe for use by many threads.
 */
public final class Intake {
    private static final System.Logger LOG = System.getLogger(Intake.class.getName());

    private final Buses buses;
    private final EventLedger ledger;
    private final Dispatcher dispatcher;
    private final SegmentSink segments;
    private final Contexts contexts;
    private final Witness witness;
    private final InstantSource time;
    private final IdSource ids;

    public Intake(
            Buses buses,
            EventLedger ledger,
            Dispatcher dispatcher,
            SegmentSink segments,
            Contexts contexts,
            Witness witness,
            InstantSource time,
            IdSource ids) {
        this.buses = buses;
        this.ledger = ledger;
        this.dispatcher = dispatcher;
        this.segments = segments;
        this.contexts = contexts;
        this.witness = witness;
        this.time = time;
        this.ids = ids;
    }

    /** Learns of events while they are accepted. */
    @FunctionalInterface
    public interface Witness {
        /** Adds what it has to remember to {@code batch}, which accepts {@code event}; the result is run once it is committed. */
        Runnable stage(WriteBatch batch, AcceptedEvent event);
    }

    /** Takes {@code arrivals}, all or none; they are durable when it returns. */
    public void take(List<Arrival> arrivals, Origin origin) {
        take(arrivals, origin, batch -> {});
    }

    /**
     * As above.
     *
     * @param with adds what becomes durable with them, or, after a crash, not at all
     */
    public void take(List<Arrival> arrivals, Origin origin, Consumer<WriteBatch> with) {
        if (arrivals.isEmpty()) {
            return;
        }
        var now = time.instant();
        var inContext = contexts.of(origin);
        var batch = new WriteBatch();
        var owed = new ArrayList<Delivery>();
        var witnessed = new ArrayList<Runnable>();
        var byContext = new LinkedHashMap<Contexts.Context, List<AcceptedEvent>>();
        for (var arrival : arrivals) {
            var context = inContext.of(arrival.trace(), arrival.linked());
            var event = accepted(arrival, context, now);
            var rules = matching(arrival);
            var deliveries = deliveries(event, arrival, rules);
            var accepted = event.owing(rules.stream().map(Rule::name).toList(), deliveries);
            ledger.accept(batch, accepted, deliveries);
            owed.addAll(deliveries);
            witnessed.add(witness.stage(batch, accepted));
            byContext.computeIfAbsent(context, c -> new ArrayList<>()).add(accepted);
        }
        var visible = stageSegments(batch, byContext, origin, now);
        with.accept(batch);
        dispatcher.accept(owed, () -> {
            ledger.commit(batch);
            witnessed.forEach(Runnable::run);
            visible.ifPresent(Runnable::run); // before a delivery can end: who saw it finds its bus in the trace
        });
    }

    private AcceptedEvent accepted(Arrival arrival, Contexts.Context context, Instant now) {
        var bus = arrival.bus();
        boolean dropped = buses.rulesOf(bus).isEmpty();
        if (dropped) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "event " + arrival.id() + " was dropped: there is no bus " + bus.arn());
        }
        return new AcceptedEvent(
                arrival.id(),
                arrival.arrival(),
                bus.scope(),
                bus.name(),
                dropped,
                now,
                arrival.source(),
                arrival.detailType(),
                arrival.json(),
                context.text(),
                arrival.hops(),
                arrival.via(),
                List.of(),
                List.of());
    }

    private List<Rule> matching(Arrival arrival) {
        var only = arrival.rules();
        var bus = arrival.bus();
        return buses
                .rulesOf(bus)
                .map(rules -> arrival.unmatched() ? rules.enabled() : rules.matching(arrival.json()))
                .orElse(List.of())
                .stream()
                .filter(rule ->
                        only == null || only.contains(bus.ruleArn(rule.name()).toString()))
                .toList();
    }

    private List<Delivery> deliveries(AcceptedEvent event, Arrival arrival, List<Rule> rules) {
        var deliveries = new ArrayList<Delivery>();
        for (var rule : rules) {
            var arn = arrival.bus().ruleArn(rule.name()).toString();
            for (var target : rule.targets()) {
                deliveries.add(new Delivery(
                        ids.nextUuid(),
                        event.key(),
                        event.scope(),
                        event.bus(),
                        rule.name(),
                        arn,
                        target,
                        event.trace(),
                        event.hops(),
                        Progress.accepted(event.accepted())));
            }
        }
        return deliveries;
    }

    private Optional<Runnable> stageSegments(
            WriteBatch batch, Map<Contexts.Context, List<AcceptedEvent>> byContext, Origin origin, Instant begin) {
        var end = time.instant();
        var documents = byContext.entrySet().stream()
                .filter(entry -> entry.getKey().segment() != null)
                .map(entry -> BusSegment.document(origin, entry.getKey(), begin, end, entry.getValue()))
                .toList();
        return documents.isEmpty() ? Optional.empty() : Optional.of(segments.stage(batch, origin.scope(), documents));
    }
}
