// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.ledger;

import dev.clew.core.Scope;
import dev.clew.core.trace.TraceHeader;
import dev.clew.events.bus.Target;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One event owed to one target.
 *
 * @param id stays the same over attempts and restarts, so that a target can recognise a repetition
 * @param event id of the event
 * @param accepted when the bus took the event
 * @param target as the rule had it then
 * @param trace text of the header that every attempt carries, "" if none
 * @param attempts made so far
 * @param due when the next attempt may be made
 */
public record Delivery(
        UUID id,
        UUID event,
        Scope scope,
        String bus,
        String rule,
        String ruleArn,
        Target target,
        Instant accepted,
        String trace,
        int attempts,
        Instant due) {
    /** The same, one attempt later. */
    public Delivery retryAt(Instant next) {
        return new Delivery(id, event, scope, bus, rule, ruleArn, target, accepted, trace, attempts + 1, next);
    }

    /** The context that every attempt carries. */
    public Optional<TraceHeader> context() {
        return TraceHeader.parse(trace);
    }
}
