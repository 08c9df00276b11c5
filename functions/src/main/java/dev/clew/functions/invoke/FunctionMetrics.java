// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.invoke;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.core.metric.MetricSink;
import dev.clew.core.metric.MetricSink.Source;
import dev.clew.core.metric.MetricSink.Unit;
import dev.clew.functions.catalog.FunctionVersion;
import dev.clew.functions.invoke.Attempt.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The metrics {@code AWS/Lambda}: by function, by alias or version where one was named, and of all. Safe for use by many threads. */
public final class FunctionMetrics {
    private static final String NAMESPACE = "AWS/Lambda";
    private static final String FUNCTION = "function:";

    private final MetricSink sink;

    public FunctionMetrics(MetricSink sink) {
        this.sink = sink;
    }

    /** Counts a try that ran from {@code start} to {@code end}. */
    void ran(Attempt attempt, Answer answer, Instant start, Instant end) {
        for (var source : sources(attempt)) {
            sink.count(source, "Invocations");
            sink.record(source, "Errors", Unit.COUNT, answer instanceof Answer.Failure ? 1 : 0);
            sink.record(source, "Throttles", Unit.COUNT, 0);
            double millis = Duration.between(start, end).toNanos() / 1e6;
            sink.record(source, "Duration", Unit.MILLISECONDS, Math.max(0, millis));
        }
    }

    /** Counts a try for which there was no room. */
    void throttled(Attempt attempt) {
        sources(attempt).forEach(source -> sink.count(source, "Throttles"));
    }

    /** Counts an asynchronous invocation that was accepted. */
    public void received(FunctionVersion version) {
        sink.count(source(version.scope(), Map.of("FunctionName", version.name())), "AsyncEventsReceived");
    }

    /** Counts an asynchronous invocation that was given up. */
    public void dropped(Scope scope, String function) {
        sink.count(source(scope, Map.of("FunctionName", function)), "AsyncEventsDropped");
    }

    private static List<Source> sources(Attempt attempt) {
        var scope = attempt.version().scope();
        var name = attempt.version().name();
        var byName = source(scope, Map.of("FunctionName", name));
        var all = source(scope, Map.of());
        return Arn.parse(attempt.invokedArn())
                .map(Arn::resource)
                .filter(resource -> resource.startsWith(FUNCTION + name + ':'))
                .map(resource -> resource.substring(FUNCTION.length()))
                .map(resource ->
                        List.of(byName, all, source(scope, Map.of("FunctionName", name, "Resource", resource))))
                .orElse(List.of(byName, all));
    }

    private static Source source(Scope scope, Map<String, String> dimensions) {
        return new Source(scope, NAMESPACE, dimensions);
    }
}
