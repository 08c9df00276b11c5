// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.core.Scope;
import dev.clew.core.metric.MetricSink;
import dev.clew.core.metric.MetricSink.Source;
import dev.clew.core.metric.MetricSink.Unit;
import dev.clew.queues.ledger.Ledger;
import dev.clew.queues.ledger.Queue;
import java.util.ArrayList;
import java.util.Map;

/** The metrics {@code AWS/SQS} that are levels: how much each queue holds, looked at each minute. */
final class QueueMetrics implements Runnable {
    private static final String NAMESPACE = "AWS/SQS";
    private static final double MILLIS_PER_SECOND = 1_000;

    private final Ledger ledger;
    private final MetricSink sink;

    private record Level(Scope scope, String queue, Queue.Counts counts, double oldest) {}

    QueueMetrics(Ledger ledger, MetricSink sink) {
        this.ledger = ledger;
        this.sink = sink;
    }

    @Override
    public void run() {
        var levels = ledger.decide(turn -> {
            var all = new ArrayList<Level>();
            for (var queue : turn.state().all()) {
                var definition = queue.definition();
                var counts = queue.counts();
                double oldest = Math.max(0, turn.now() - counts.oldestSentAt()) / MILLIS_PER_SECOND;
                all.add(new Level(
                        new Scope(definition.account(), definition.region()), definition.name(), counts, oldest));
            }
            return all;
        });
        for (var level : levels) {
            var source = new Source(level.scope(), NAMESPACE, Map.of("QueueName", level.queue()));
            sink.record(
                    source,
                    "ApproximateNumberOfMessagesVisible",
                    Unit.COUNT,
                    level.counts().visible());
            sink.record(
                    source,
                    "ApproximateNumberOfMessagesNotVisible",
                    Unit.COUNT,
                    level.counts().inFlight());
            sink.record(
                    source,
                    "ApproximateNumberOfMessagesDelayed",
                    Unit.COUNT,
                    level.counts().delayed());
            sink.record(source, "ApproximateAgeOfOldestMessage", Unit.SECONDS, level.oldest());
        }
    }
}
