// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import dev.clew.core.Check;

/**
 * How many of each there may be.
 *
 * @param busesPerScope buses of one account and region, the default bus included
 * @param rulesPerBus rules of one bus
 * @param targetsPerRule targets of one rule
 */
public record Quotas(int busesPerScope, int rulesPerBus, int targetsPerRule) {
    public static final Quotas DEFAULTS = new Quotas(100, 300, 5);

    public Quotas {
        Check.inRange("events.quota.buses", busesPerScope, 1, 10_000);
        Check.inRange("events.quota.rules-per-bus", rulesPerBus, 1, 10_000);
        Check.inRange("events.quota.targets-per-rule", targetsPerRule, 1, 100);
    }
}
