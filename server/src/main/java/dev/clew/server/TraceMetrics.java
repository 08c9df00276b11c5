// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.core.Scope;
import dev.clew.core.metric.MetricSink;
import dev.clew.core.metric.MetricSink.Source;
import dev.clew.core.metric.MetricSink.Unit;
import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.store.TraceWatcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The metrics {@code AWS/X-Ray}, by group: how many traces matched, and how they ended. A trace counts once in each group: when it is
 * complete, or as soon as it has a fault. Told of traces one at a time; remembers the latest so that later documents do not count again.
 */
final class TraceMetrics implements TraceWatcher {
    private static final String NAMESPACE = "AWS/X-Ray";
    private static final int REMEMBERED = 20_000;
    private static final double MICROS_PER_SECOND = 1_000_000;

    private final MetricSink sink;
    private final Groups groups;
    private final LinkedHashMap<Counted, Boolean> counted = new LinkedHashMap<>();

    private record Counted(String trace, String group) {}

    /** Names the groups that a trace is in. */
    @FunctionalInterface
    interface Groups {
        List<String> of(Scope scope, TraceDigest trace);
    }

    TraceMetrics(MetricSink sink, Groups groups) {
        this.sink = sink;
        this.groups = groups;
    }

    @Override
    public void changed(Scope scope, TraceDigest trace) {
        if (trace.partial() && !trace.status().fault()) {
            return;
        }
        for (var group : groups.of(scope, trace)) {
            if (counted.putIfAbsent(new Counted(trace.traceId(), group), true) == null) {
                count(new Source(scope, NAMESPACE, Map.of("GroupName", group)), trace);
            }
        }
        while (counted.size() > REMEMBERED) {
            counted.pollFirstEntry();
        }
    }

    private void count(Source source, TraceDigest trace) {
        var status = trace.status();
        sink.count(source, "ApproximateTraceCount");
        sink.record(source, "FaultCount", Unit.COUNT, status.fault() ? 1 : 0);
        sink.record(source, "ErrorCount", Unit.COUNT, status.error() ? 1 : 0);
        sink.record(source, "ThrottleCount", Unit.COUNT, status.throttle() ? 1 : 0);
        if (trace.responseTime() != TraceDigest.NONE) {
            sink.record(source, "ResponseTime", Unit.SECONDS, trace.responseTime() / MICROS_PER_SECOND);
        }
    }
}
