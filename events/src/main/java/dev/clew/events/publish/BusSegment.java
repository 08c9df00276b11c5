// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.publish;

import dev.clew.core.trace.SegmentWriter;
import dev.clew.core.trace.TraceHeader;
import dev.clew.events.ledger.AcceptedEvent;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The bus's segment in a trace, in the form of the original's inferred one; what is ours has keys that begin {@code clew.}. */
final class BusSegment {
    private BusSegment() {}

    /** @param events what was accepted in this context */
    static String document(
            Origin origin, Contexts.Context context, Instant begin, Instant end, List<AcceptedEvent> events) {
        var buses = events.stream().map(AcceptedEvent::bus).collect(Collectors.toCollection(LinkedHashSet::new));
        var forwarded = Objects.requireNonNull(context.forwarded());
        return SegmentWriter.document(segment -> {
            segment.text("trace_id", forwarded.root())
                    .text("id", context.segment())
                    .text("name", "Events")
                    .text("origin", "AWS::Events")
                    .time("start_time", begin)
                    .time("end_time", end)
                    .bool("inferred", true);
            if (context.incoming() != null) {
                segment.text("parent_id", context.incoming().parent());
            }
            var linked = context.linked();
            if (linked != null) {
                segment.objects("links", List.of(link(linked)));
            }
            segment.object("http", http -> http.object("response", response -> response.number("status", 200)))
                    .object(
                            "aws",
                            aws -> aws.text("account_id", origin.scope().account())
                                    .text("region", origin.scope().region())
                                    .text("operation", "PutEvents")
                                    .text("request_id", origin.requestId())
                                    .texts("resource_names", buses))
                    .object("annotations", annotations -> annotations.text("clew.bus", String.join(",", buses)))
                    .object(
                            "metadata",
                            metadata -> metadata.object("clew", clew -> clew.objects("clew.events", list(events))));
        });
    }

    /** To the trace that this one was caused by. */
    private static Consumer<SegmentWriter> link(TraceHeader cause) {
        return link -> link.text("trace_id", cause.root())
                .text("id", cause.parent())
                .object("attributes", attributes -> attributes.text("aws.xray.reserved.reference_type", "parent"));
    }

    private static List<Consumer<SegmentWriter>> list(List<AcceptedEvent> events) {
        return events.stream()
                .<Consumer<SegmentWriter>>map(event -> out -> out.text("id", event.id())
                        .text("bus", event.bus())
                        .texts("matched_rules", event.rules())
                        .flag("unmatched", event.rules().isEmpty() && !event.dropped())
                        .flag("dropped", event.dropped()))
                .toList();
    }
}
