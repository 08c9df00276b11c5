// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.archive;

import dev.clew.core.trace.TraceHeader;
import java.time.Instant;
import java.util.Optional;

/**
 * An event in an archive.
 *
 * @param time of the event, as its envelope says
 * @param accepted when the bus took it
 * @param trace text of the header that its deliveries carried, "" if none
 * @param json its envelope
 */
record Archived(Instant time, Instant accepted, String source, String detailType, String trace, String json) {
    Optional<TraceHeader> context() {
        return TraceHeader.parse(trace);
    }
}
