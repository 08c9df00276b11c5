// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.alarms;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change of an alarm's state whose consequences are owed.
 *
 * @param alarm as it is after the change
 * @param previous the state before, and what was said of it
 */
record Change(UUID id, Alarm alarm, Previous previous) {
    /** A state that was. */
    record Previous(
            AlarmState state, String reason, @Nullable String reasonData, Instant updated) {
        static Previous of(Alarm alarm) {
            return new Previous(alarm.state(), alarm.reason(), alarm.reasonData(), alarm.updated());
        }
    }
}
