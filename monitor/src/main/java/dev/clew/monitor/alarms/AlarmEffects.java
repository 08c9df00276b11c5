// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.alarms;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import java.time.Instant;
import java.util.UUID;

/**
 * What a change of an alarm's state sets off elsewhere. Supplied by the server. May be asked twice for the same thing after a crash,
 * with the same id. Safe for use by many threads.
 */
public interface AlarmEffects {
    /** Nothing happens. */
    AlarmEffects NONE = new AlarmEffects() {
        @Override
        public void announce(Announcement announcement) {}

        @Override
        public Outcome act(Action action) {
            return new Outcome.Failed("nothing takes actions here");
        }
    };

    /** Puts an event on the default bus; it is durable there when this returns. */
    void announce(Announcement announcement);

    /** Takes one action of an alarm. */
    Outcome act(Action action);

    /**
     * The event of a change.
     *
     * @param alarm ARN
     * @param detail JSON
     */
    record Announcement(UUID id, Scope scope, Instant time, String alarm, String detail) {}

    /**
     * An action of an alarm.
     *
     * @param alarm ARN
     * @param target what the alarm names
     * @param payload JSON, as a function gets it
     */
    record Action(UUID id, Scope scope, String alarm, Arn target, String payload) {}

    /** What became of an action. */
    sealed interface Outcome {
        /** It was taken. */
        record Done() implements Outcome {}

        /** It was not, and will not be. */
        record Failed(String reason) implements Outcome {}
    }
}
