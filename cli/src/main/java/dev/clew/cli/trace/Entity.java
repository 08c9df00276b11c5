// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A segment or subsegment as the trace store returned it.
 *
 * @param parentId the entity that caused this one, for documents; null for roots and nested subsegments
 * @param subsegment whether this is a subsegment, nested or independent
 * @param start microseconds since the epoch
 * @param end microseconds since the epoch; null while in progress
 * @param namespace {@code aws}, {@code remote} or ""
 * @param operation {@code aws.operation}, or ""
 * @param http request and response, all members optional
 * @param status {@code http.response.status}, or 0
 * @param cause {@code type: message} of its first exception, or ""
 * @param annotations texts, numbers and booleans as text, in the document's order
 * @param facts members beginning {@code clew.} of annotations and metadata, without that beginning
 * @param events what a segment of the bus says about the events that were put
 */
record Entity(
        String id,
        @Nullable String parentId,
        boolean subsegment,
        String name,
        String origin,
        String namespace,
        long start,
        @Nullable Long end,
        Outcome flags,
        boolean inferred,
        boolean sql,
        String operation,
        Http http,
        int status,
        String cause,
        Map<String, String> annotations,
        Map<String, String> facts,
        List<Event> events,
        List<Entity> subsegments) {

    /**
     * An event that a call put.
     *
     * @param unmatched whether no rule wanted it
     * @param dropped whether there was no such bus
     */
    record Event(String id, String bus, boolean unmatched, boolean dropped) {}

    /** The request line of an HTTP exchange; "" for what is not known. */
    record Http(String method, String url) {
        static final Http NONE = new Http("", "");
    }

    Entity {
        events = List.copyOf(events);
        subsegments = List.copyOf(subsegments);
    }

    /** Flags, and whether it still runs. */
    Outcome outcome() {
        return end == null ? flags.or(Outcome.IN_PROGRESS) : flags;
    }

    boolean hasOrigin(String expected) {
        return origin.equals(expected);
    }
}
