// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import dev.clew.core.IdSource;
import dev.clew.core.trace.Sampler;
import dev.clew.core.trace.SegmentId;
import dev.clew.core.trace.TraceHeader;
import dev.clew.core.trace.TraceHeader.Sampled;
import dev.clew.wire.http.HttpRequest;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a request belongs to, and whether the stage records its part.
 *
 * @param incoming context and decision as far as known: the caller's, else a new root
 * @param text the caller's header, or null if it sent none that is usable
 * @param segment id of the stage's segment, recorded or not
 * @param recorded whether the stage writes its segment
 * @param decided whether to record is settled; if not, the function decides
 * @param rule sampling rule that settled it, or null
 */
record TraceContext(
        TraceHeader incoming,
        @Nullable String text,
        SegmentId segment,
        boolean recorded,
        boolean decided,
        @Nullable String rule) {

    /** The context of {@code request} before anybody has decided. */
    static TraceContext undecided(HttpRequest request, IdSource ids) {
        var text = request.headers().first(TraceHeader.NAME).orElse(null);
        var parsed = TraceHeader.parse(text);
        return parsed.isPresent()
                ? new TraceContext(parsed.get(), text, ids.nextSegmentId(), false, false, null)
                : new TraceContext(
                        TraceHeader.of(ids.nextTraceId(), null, Sampled.UNDECIDED),
                        null,
                        ids.nextSegmentId(),
                        false,
                        false,
                        null);
    }

    /**
     * The same context with the decision: the caller's stands; else a stage that traces asks the sampling rules, and one
     * that does not leaves it to the function.
     */
    TraceContext decide(Exchange exchange, Sampler sampler) {
        return switch (incoming.sampled()) {
            case YES -> new TraceContext(incoming, text, segment, true, true, null);
            case NO -> new TraceContext(incoming, text, segment, false, true, null);
            case REQUESTED, UNDECIDED -> {
                if (!exchange.stage.traced()) {
                    yield this;
                }
                var decision = sampler.decide(question(exchange));
                yield new TraceContext(incoming, text, segment, decision.sampled(), true, decision.rule());
            }
        };
    }

    private Sampler.Request question(Exchange exchange) {
        var attributes = new HashMap<String, String>();
        exchange.request.headers().forEach(attributes::putIfAbsent);
        return new Sampler.Request(
                exchange.stage.key().scope(),
                incoming.root(),
                exchange.stage.serviceName(),
                StageSegment.ORIGIN,
                exchange.domainName(),
                exchange.request.method(),
                exchange.pathWithStage(),
                exchange.stage.arn().toString(),
                attributes);
    }

    /** What the function gets: its parent is {@code caller} if that is recorded, else whoever called us. */
    TraceHeader downstream(SegmentId caller) {
        var sampled = recorded ? Sampled.YES : decided ? Sampled.NO : Sampled.UNDECIDED;
        return incoming.withSampled(sampled).withParent(recorded ? caller : incoming.parent());
    }

    /** The header as the event shows it: the caller's own if it names a parent, for a new trace its root alone. */
    String inEvent() {
        return text == null ? incoming.toString() : complete();
    }

    /** The header of the answer, by which callers find the trace. */
    String inResponse() {
        if (text != null) {
            return complete();
        }
        return decided
                ? incoming.withParent(segment)
                        .withSampled(recorded ? Sampled.YES : Sampled.NO)
                        .toString()
                : incoming.toString();
    }

    private String complete() {
        return text != null && incoming.parent() != null
                ? text
                : incoming.withParent(segment).toString();
    }
}
