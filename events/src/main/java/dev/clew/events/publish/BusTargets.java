// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.publish;

import dev.clew.core.Arn;
import dev.clew.events.bus.BusName;
import dev.clew.events.bus.Buses;
import dev.clew.events.delivery.Targets;
import dev.clew.events.input.Source;
import dev.clew.events.ledger.ErrorCode;
import dev.clew.events.ledger.EventLedger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Other buses as targets. The event keeps its id, time, source and detail, and its trace goes on. It arrives under the id of the
 * delivery, so that a repeated attempt is recognised; and it goes on only so often, so that no ring of buses keeps it alive.
 */
public final class BusTargets implements Targets {
    private static final String BUS = "event-bus/";

    private final Buses buses;
    private final BusAccess access;
    private final EventLedger ledger;
    private final BiConsumer<List<Arrival>, Origin> intake;
    private final int maxHops;

    /**
     * @param intake makes arrivals durable
     * @param maxHops how often an event may go on from bus to bus
     */
    public BusTargets(
            Buses buses, BusAccess access, EventLedger ledger, BiConsumer<List<Arrival>, Origin> intake, int maxHops) {
        this.buses = buses;
        this.access = access;
        this.ledger = ledger;
        this.intake = intake;
        this.maxHops = maxHops;
    }

    @Override
    public boolean supports(Arn target) {
        return target.service().equals("events") && target.resource().startsWith(BUS);
    }

    @Override
    public AttemptOutcome attempt(Attempt attempt) {
        var bus = BusName.of(attempt.target(), attempt.scope());
        var here = attempt.scope();
        if (attempt.hops() >= maxHops) {
            return new AttemptOutcome.Refused(
                    bus.scope().region().equals(here.region())
                            ? ErrorCode.THIRD_ACCOUNT_HOP_DETECTED
                            : ErrorCode.THIRD_REGION_HOP_DETECTED,
                    "an event that came from another bus is not sent on to bus " + bus.name()
                            + " (setting events.max-hops: " + maxHops + ")");
        }
        var refusal = access.refusal(Arn.of("iam", "", here.account(), "root"), bus);
        if (refusal.isPresent()) {
            return new AttemptOutcome.Refused(ErrorCode.NO_PERMISSIONS, refusal.get());
        }
        if (buses.rulesOf(bus).isEmpty()) {
            return new AttemptOutcome.Refused(ErrorCode.NO_RESOURCE, "Event bus " + bus.name() + " does not exist.");
        }
        var id = UUID.fromString(attempt.eventId());
        var arrival = UUID.fromString(attempt.deliveryId());
        if (ledger.arrived(id, arrival, attempt.accepted())) {
            return new AttemptOutcome.Delivered();
        }
        var json = new String(attempt.payload(), StandardCharsets.UTF_8);
        var event = new Arrival(
                id,
                arrival,
                bus,
                Source.member(json, "source"),
                Source.member(json, "detail-type"),
                json,
                attempt.trace(),
                attempt.hops() + 1,
                attempt.ruleArn(),
                null);
        intake.accept(List.of(event), new Origin(bus.scope(), attempt.deliveryId(), ""));
        return new AttemptOutcome.Delivered();
    }
}
