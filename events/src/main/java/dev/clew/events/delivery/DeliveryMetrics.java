// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import dev.clew.core.Scope;
import dev.clew.core.metric.MetricSink;
import dev.clew.core.metric.MetricSink.Source;
import dev.clew.core.metric.MetricSink.Unit;
import dev.clew.events.bus.BusName;
import dev.clew.events.ledger.AcceptedEvent;
import dev.clew.events.ledger.Delivery;
import dev.clew.events.ledger.ErrorCode;
import dev.clew.events.ledger.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The metrics {@code AWS/Events}: by rule, and by bus and rule where the bus is not the default one. What counts as an invocation is a
 * delivery that came to its end, not a try. Safe for use by many threads.
 */
public final class DeliveryMetrics {
    private static final String NAMESPACE = "AWS/Events";

    private final MetricSink sink;

    public DeliveryMetrics(MetricSink sink) {
        this.sink = sink;
    }

    /** Counts an event that the bus took, once that is durable. */
    public void accepted(AcceptedEvent event) {
        for (var rule : event.rules()) {
            var source = source(event.scope(), event.bus(), rule);
            sink.count(source, "MatchedEvents");
            sink.count(source, "TriggeredRules");
        }
        for (var owed : event.owes()) {
            var rule = owed.rule().substring(owed.rule().lastIndexOf('/') + 1);
            sink.count(source(event.scope(), event.bus(), rule), "InvocationsCreated");
        }
    }

    /** Counts what an attempt came to, once that is durable. */
    void ended(Delivery delivery, Step step) {
        var source = source(delivery.scope(), delivery.bus(), delivery.rule());
        var accepted = delivery.event().accepted();
        switch (step.outcome()) {
            case DELIVERED -> {
                attempted(source, step, accepted);
                sink.count(source, "Invocations");
                sink.count(source, "SuccessfulInvocationAttempts");
                latency(source, "IngestionToInvocationSuccessLatency", accepted, step.end());
                latency(source, "IngestionToInvocationCompleteLatency", accepted, step.end());
            }
            case RETRIED -> attempted(source, step, accepted);
            case REFUSED, FAILED -> {
                if (step.code() != ErrorCode.INVALID_JSON) { // then there was nothing to send
                    attempted(source, step, accepted);
                }
                sink.count(source, "Invocations");
                sink.count(source, "FailedInvocations");
                latency(source, "IngestionToInvocationCompleteLatency", accepted, step.end());
            }
            case DEAD_LETTERED -> sink.count(source, "InvocationsSentToDlq");
            case LETTER_FAILED -> sink.count(source, "InvocationsFailedToBeSentToDlq");
            case LETTER_RETRIED, REDRIVEN -> {}
        }
    }

    private void attempted(Source source, Step step, Instant accepted) {
        sink.count(source, "InvocationAttempts");
        if (step.attempt() > 1) {
            sink.count(source, "RetryInvocationAttempts");
        } else {
            latency(source, "IngestionToInvocationStartLatency", accepted, step.begin());
        }
    }

    private void latency(Source source, String name, Instant from, Instant to) {
        sink.record(
                source,
                name,
                Unit.MILLISECONDS,
                Math.max(0, Duration.between(from, to).toMillis()));
    }

    private static Source source(Scope scope, String bus, String rule) {
        var dimensions =
                bus.equals(BusName.DEFAULT) ? Map.of("RuleName", rule) : Map.of("EventBusName", bus, "RuleName", rule);
        return new Source(scope, NAMESPACE, dimensions);
    }
}
