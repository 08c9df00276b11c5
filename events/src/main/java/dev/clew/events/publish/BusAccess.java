// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.publish;

import dev.clew.core.Arn;
import dev.clew.core.access.CallerPolicy;
import dev.clew.core.access.ResourcePolicy.Decision;
import dev.clew.events.bus.BusName;
import dev.clew.events.bus.Buses;
import java.util.Optional;

/** Whether somebody may put events on a bus: its own account may, another one where the bus's policy says so. */
public final class BusAccess {
    private static final String PUT = "events:PutEvents";

    private final Buses buses;
    private final CallerPolicy policies;

    public BusAccess(Buses buses, CallerPolicy policies) {
        this.buses = buses;
        this.policies = policies;
    }

    /** Why {@code caller} may not put events on {@code bus}, for people; nothing if it may. */
    Optional<String> refusal(Arn caller, BusName bus) {
        if (caller.account().equals(bus.scope().account())) {
            return Optional.empty();
        }
        var policy = buses.policyOf(bus).orElse(null);
        return switch (policies.decide(policy, caller, PUT, bus.arn().toString())) {
            case Decision.Allowed _ -> Optional.empty();
            case Decision.Refused(String reason) -> Optional.of(reason);
        };
    }
}
