// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The ledger's tables. Those of a day end with its number and are dropped whole. */
final class Tables {
    /** (target, due time, delivery) → delivery. */
    static final String OWED = "events.owing";
    /** (event, arrival) → accepted event. */
    static final String EVENTS = "events.arrivals-";
    /** (time of acceptance, event, arrival) → heading. */
    static final String TIMES = "events.times-";
    /** (event, arrival, delivery, number) → step. */
    static final String STEPS = "events.steps-";
    /** (event, arrival, delivery) → failed delivery. */
    static final String FAILED = "events.given-up-";

    static final List<String> BY_DAY = List.of(EVENTS, TIMES, STEPS, FAILED);
    private static final long DAY = Duration.ofDays(1).toMillis();

    private Tables() {}

    static long day(Instant instant) {
        return Math.floorDiv(instant.toEpochMilli(), DAY);
    }
}
