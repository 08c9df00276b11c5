// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import dev.clew.core.metric.MetricSink;
import dev.clew.core.metric.MetricSink.Source;
import dev.clew.core.metric.MetricSink.Unit;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The metrics {@code AWS/ApiGateway}: by API, and by API and stage. */
final class StageMetrics {
    private static final String NAMESPACE = "AWS/ApiGateway";

    private final MetricSink sink;

    StageMetrics(MetricSink sink) {
        this.sink = sink;
    }

    /** Counts an exchange that has its outcome. */
    void ended(Exchange exchange) {
        var scope = exchange.stage.key().scope();
        var api = exchange.stage.apiName();
        var outcome = exchange.ended();
        int kind = outcome.status() / 100;
        for (var dimensions : List.of(Map.of("ApiName", api), Map.of("ApiName", api, "Stage", exchange.stage.name()))) {
            var source = new Source(scope, NAMESPACE, dimensions);
            sink.count(source, "Count");
            sink.record(source, "4XXError", Unit.COUNT, kind == 4 ? 1 : 0);
            sink.record(source, "5XXError", Unit.COUNT, kind == 5 ? 1 : 0);
            sink.record(source, "Latency", Unit.MILLISECONDS, millis(Duration.between(exchange.start, outcome.end())));
            if (exchange.hop != null) {
                sink.record(source, "IntegrationLatency", Unit.MILLISECONDS, millis(exchange.hop.latency()));
            }
        }
    }

    private static double millis(Duration duration) {
        return Math.max(0, duration.toNanos() / 1e6);
    }
}
