// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import java.time.Instant;

/**
 * An enabled rule that fires by the clock.
 *
 * @param expression as it was put
 * @param begun when it was put or enabled
 */
public record ScheduledRule(BusName bus, String rule, String expression, Instant begun) {}
