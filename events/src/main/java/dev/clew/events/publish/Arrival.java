// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.publish;

import dev.clew.core.trace.TraceHeader;
import dev.clew.events.bus.BusName;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event about to be taken onto a bus.
 *
 * @param arrival unique; the event's own id unless it was on a bus before
 * @param json the envelope as targets get it
 * @param trace the context it comes with; null if none
 * @param hops buses that it was on before
 * @param via what puts it there: {@code PutEvents}, or an ARN
 * @param rules ARNs of the only rules that may take it; null for all of the bus
 * @param unmatched whether those rules take it whatever their patterns
 * @param linked whether it starts a trace that is linked to its context; else it continues that
 */
public record Arrival(
        UUID id,
        UUID arrival,
        BusName bus,
        String source,
        String detailType,
        String json,
        @Nullable TraceHeader trace,
        int hops,
        String via,
        @Nullable Set<String> rules,
        boolean unmatched,
        boolean linked) {
    public Arrival {
        rules = rules == null ? null : Set.copyOf(rules);
    }

    /** One that its rules must match, and that continues its trace. */
    public Arrival(
            UUID id,
            UUID arrival,
            BusName bus,
            String source,
            String detailType,
            String json,
            @Nullable TraceHeader trace,
            int hops,
            String via,
            @Nullable Set<String> rules) {
        this(id, arrival, bus, source, detailType, json, trace, hops, via, rules, false, false);
    }
}
