// SPDX-License-Identifier: Apache-2.0
package dev.clew.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How long one event takes from before PutEvents to inside the handler of a warm function; one at a time, so that nothing queues. */
final class EventLatency {
    private static final int WARM_UP = 1_000;
    private static final int EVENTS = 1_000;

    private EventLatency() {}

    static Percentiles measure(URI endpoint, Deployment deployment) throws IOException, InterruptedException {
        var samples = new double[EVENTS];
        Files.writeString(deployment.latencies(), "");
        try (var connection = new Connection(endpoint)) {
            for (int sent = 0; sent < WARM_UP + EVENTS; sent++) {
                long size = Files.size(deployment.latencies());
                var event = BenchEvent.entry(deployment.bus(), "source0", now());
                connection.send(Connection.awsJson("AWSEvents.PutEvents", "1.1", "{\"Entries\":[" + event + "]}"));
                awaitLine(deployment, size);
            }
        }
        var lines = Files.readAllLines(deployment.latencies());
        for (int i = 0; i < EVENTS; i++) {
            samples[i] = Double.parseDouble(lines.get(WARM_UP + i));
        }
        return Percentiles.of(samples);
    }

    private static String now() {
        var now = Instant.now();
        return String.format(Locale.ROOT, "%.3f", now.getEpochSecond() * 1e3 + now.getNano() / 1e6);
    }

    /** Lines are written whole. */
    private static void awaitLine(Deployment deployment, long size) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (Files.size(deployment.latencies()) == size) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("an event did not arrive");
            }
            TimeUnit.MICROSECONDS.sleep(500);
        }
    }
}
