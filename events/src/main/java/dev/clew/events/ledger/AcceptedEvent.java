// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.ledger;

import dev.clew.core.Scope;
import dev.clew.core.trace.TraceHeader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One event on one bus. An event that goes on to another bus keeps its id and arrives there once more.
 *
 * @param arrival unique; the event's id where a producer put it
 * @param bus name of the bus
 * @param dropped whether there was no such bus: the producer got an id, as from the original, and nothing else happens
 * @param accepted when the bus took it
 * @param json the envelope as targets get it: compact, number literals as the producer wrote them
 * @param trace text of the header that deliveries carry, "" if none
 * @param hops buses that it was on before
 * @param via what put it on the bus: {@code PutEvents}, or the ARN of a rule, a replay, a schedule
 * @param owes what the rules that matched then made the bus owe
 */
public record AcceptedEvent(
        UUID id,
        UUID arrival,
        Scope scope,
        String bus,
        boolean dropped,
        Instant accepted,
        String source,
        String detailType,
        String json,
        String trace,
        int hops,
        String via,
        List<Owed> owes,
        List<String> rules) {
    /** By a producer's call. */
    public static final String PUT_EVENTS = "PutEvents";

    /**
     * One delivery, as it was decided when the event arrived.
     *
     * @param rule ARN
     * @param target ARN
     * @param targetId id of the target within the rule
     */
    public record Owed(UUID delivery, String rule, String targetId, String target) {}

    public AcceptedEvent {
        owes = List.copyOf(owes);
        rules = List.copyOf(rules);
    }

    /** What names it in the ledger. */
    public Key key() {
        return new Key(id, arrival, accepted);
    }

    /** The context that deliveries carry. */
    public Optional<TraceHeader> context() {
        return TraceHeader.parse(trace);
    }

    /** The same, with what it owes: names of the rules that matched, and a delivery for each of their targets. */
    public AcceptedEvent owing(List<String> matched, List<Delivery> deliveries) {
        var owed = deliveries.stream()
                .map(delivery -> new Owed(
                        delivery.id(),
                        delivery.ruleArn(),
                        delivery.target().id(),
                        delivery.target().arn()))
                .toList();
        return new AcceptedEvent(
                id, arrival, scope, bus, dropped, accepted, source, detailType, json, trace, hops, via, owed, matched);
    }

    /** The same with other JSON. */
    AcceptedEvent withJson(String other) {
        return new AcceptedEvent(
                id, arrival, scope, bus, dropped, accepted, source, detailType, other, trace, hops, via, owes, rules);
    }

    /**
     * What names an arrival.
     *
     * @param accepted tells the day under which it is kept
     */
    public record Key(UUID id, UUID arrival, Instant accepted) {}
}
