// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.digest;

import dev.clew.traces.document.Entity;

/** How far some entities reach in time. What is in progress contributes its start only. */
final class Extent {
    long start = Long.MAX_VALUE;
    long end = TraceDigest.NONE;
    long lastEvent = Long.MIN_VALUE;

    void add(Entity entity) {
        start = Math.min(start, entity.start());
        end = Math.max(end, entity.end());
        lastEvent = Math.max(lastEvent, lastEvent(entity));
    }

    void add(Extent other) {
        start = Math.min(start, other.start);
        end = Math.max(end, other.end);
        lastEvent = Math.max(lastEvent, other.lastEvent);
    }

    static long lastEvent(Entity entity) {
        return entity.inProgress() ? entity.start() : entity.end();
    }
}
