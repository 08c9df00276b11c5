// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.archive;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A replay as it is stored.
 *
 * @param archive name of the archive
 * @param archiveId id of the archive's events
 * @param bus ARN of the bus
 * @param filters ARNs of the only rules that take its events; empty for all
 * @param from time of the first event to replay
 * @param until time of the last one
 * @param cursor key of the last event that was replayed, in hexadecimal; null before the first
 * @param lastReplayed time of that event
 */
record Replay(
        Scope scope,
        String name,
        @Nullable String description,
        State state,
        @Nullable String stateReason,
        String archive,
        UUID archiveId,
        String bus,
        List<String> filters,
        Instant from,
        Instant until,
        @Nullable String cursor,
        @Nullable Instant lastReplayed,
        Instant started,
        @Nullable Instant ended) {
    /** How far it is. */
    enum State {
        STARTING,
        RUNNING,
        CANCELLING,
        COMPLETED,
        CANCELLED,
        FAILED;

        /** Whether nothing more will happen. */
        boolean isFinal() {
            return switch (this) {
                case STARTING, RUNNING, CANCELLING -> false;
                case COMPLETED, CANCELLED, FAILED -> true;
            };
        }
    }

    Replay {
        filters = List.copyOf(filters);
    }

    String arn() {
        return Arn.of("events", scope, "replay/" + name).toString();
    }

    /** Key of its record. */
    String key() {
        return key(scope, name);
    }

    static String key(Scope scope, String name) {
        return scope.key() + '/' + name;
    }

    /** The same with more events replayed, up to the one with this key and time. */
    Replay advanced(String key, Instant last) {
        return with(State.RUNNING, null, key, last, null);
    }

    Replay cancelling() {
        return with(State.CANCELLING, null, cursor, lastReplayed, null);
    }

    Replay running() {
        return with(State.RUNNING, null, cursor, lastReplayed, null);
    }

    /** The same, ended. */
    Replay ended(State last, @Nullable String reason, Instant now) {
        return with(last, reason, cursor, lastReplayed, now);
    }

    private Replay with(
            State next, @Nullable String reason, @Nullable String key, @Nullable Instant last, @Nullable Instant end) {
        return new Replay(
                scope,
                name,
                description,
                next,
                reason,
                archive,
                archiveId,
                bus,
                filters,
                from,
                until,
                key,
                last,
                started,
                end);
    }
}
