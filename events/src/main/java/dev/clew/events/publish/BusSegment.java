// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.publish;

import dev.clew.core.trace.SegmentWriter;
import dev.clew.events.ledger.AcceptedEvent;
import dev.clew.wire.Call;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The bus's segment in a trace, in the form of the original's inferred one; what is ours has keys that begin {@code clew.}. */
final class BusSegment {
    private BusSegment() {}

    /**
     * @param drafts the accepted entries of one context
     * @param rules names of the rules that each event matched
     */
    static String document(
            Call call,
            Contexts.Context context,
            Instant begin,
            Instant end,
            List<Draft.Valid> drafts,
            Map<AcceptedEvent, List<String>> rules) {
        var buses =
                drafts.stream().map(draft -> draft.bus().name()).collect(Collectors.toCollection(LinkedHashSet::new));
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
            segment.object("http", http -> http.object("response", response -> response.number("status", 200)))
                    .object(
                            "aws",
                            aws -> aws.text("account_id", call.scope().account())
                                    .text("region", call.scope().region())
                                    .text("operation", "PutEvents")
                                    .text("request_id", call.requestId())
                                    .texts("resource_names", buses))
                    .object("annotations", annotations -> annotations.text("clew.bus", String.join(",", buses)))
                    .object(
                            "metadata",
                            metadata -> metadata.object(
                                    "clew", clew -> clew.objects("clew.events", events(drafts, rules))));
        });
    }

    private static List<Consumer<SegmentWriter>> events(
            List<Draft.Valid> drafts, Map<AcceptedEvent, List<String>> rules) {
        return drafts.stream()
                .<Consumer<SegmentWriter>>map(draft -> {
                    var matched = rules.getOrDefault(draft.event(), List.of());
                    return event -> event.text("id", draft.event().id())
                            .text("bus", draft.bus().name())
                            .texts("matched_rules", matched)
                            .flag("unmatched", matched.isEmpty());
                })
                .toList();
    }
}
