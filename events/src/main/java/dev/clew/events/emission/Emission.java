// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.emission;

import dev.clew.core.trace.TraceHeader;
import dev.clew.events.bus.BusName;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event that the bus puts on itself.
 *
 * @param json the envelope as targets get it
 * @param via ARN of the replay or rule that puts it there
 * @param trace how its trace goes on
 * @param rules who may take it
 */
public record Emission(
        UUID id, BusName bus, String source, String detailType, String json, String via, Trace trace, Takers rules) {
    /** How a trace goes on. */
    public sealed interface Trace {
        /** As the context says; without one there is no trace. */
        record Continued(@Nullable TraceHeader context) implements Trace {}

        /** In a trace of its own that names the one it comes from. */
        record Linked(TraceHeader origin) implements Trace {}

        /** In a trace of its own, as the setting for starts and the sampling rules decide. */
        record Started() implements Trace {}
    }

    /** Who may take an event. */
    public sealed interface Takers {
        /** Every rule that it matches. */
        record All() implements Takers {}

        /** Those of the rules with these ARNs that it matches. */
        record Matching(Set<String> rules) implements Takers {
            public Matching {
                rules = Set.copyOf(rules);
            }
        }

        /** The rule of this name, whatever its pattern. */
        record Only(String rule) implements Takers {}
    }
}
