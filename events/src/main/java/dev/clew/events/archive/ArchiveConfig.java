// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.archive;

import dev.clew.core.Check;

/**
 * Settings of archives and replays.
 *
 * @param linkTraces whether a replayed event starts a trace that is linked to the event's; else it continues the event's
 * @param maxOwed deliveries owed at which replays wait
 * @param replayPage events that a replay puts on its bus in one commit
 * @param perScope most archives of one account and region
 * @param concurrentReplays most replays under way in one account and region
 */
public record ArchiveConfig(boolean linkTraces, int maxOwed, int replayPage, int perScope, int concurrentReplays) {
    public static final ArchiveConfig DEFAULTS = new ArchiveConfig(false, 1_000, 100, 100, 10);

    public ArchiveConfig {
        Check.inRange("events.replay.max-owed", maxOwed, 1, 1_000_000);
        Check.inRange("events.replay.page", replayPage, 1, 1_000);
        Check.inRange("events.quota.archives", perScope, 1, 10_000);
        Check.inRange("events.quota.concurrent-replays", concurrentReplays, 1, 1_000);
    }

    /** The same with other traces. */
    public ArchiveConfig withLinkedTraces(boolean linked) {
        return new ArchiveConfig(linked, maxOwed, replayPage, perScope, concurrentReplays);
    }
}
