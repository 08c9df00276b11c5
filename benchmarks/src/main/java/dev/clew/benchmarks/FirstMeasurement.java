// SPDX-License-Identifier: Apache-2.0
package dev.clew.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The first figures of the whole: start, idle memory, added latency, events and documents per second. Everything is durable
 * ({@code fsync}), client and server share the machine. About a minute.
 *
 * <p>Argument: the script {@code clew}.
 */
public final class FirstMeasurement {
    private static final int STARTS = 5;
    private static final int WARM_UP = 300;
    private static final int CALLS = 1_000;
    private static final int PRODUCERS = 4;
    private static final Duration LOAD = Duration.ofSeconds(15);
    private static final int EVENTS_PER_CALL = 10;

    private final Api api;
    private final Deployment deployment;

    private FirstMeasurement(Api api, Deployment deployment) {
        this.api = api;
        this.deployment = deployment;
    }

    /** Entry point; see the class. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var launcher = Path.of(arguments[0]);
        var starts = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            try (var server = ServerProcess.start(launcher)) {
                starts[i] = server.startMillis();
            }
        }
        print(
                "launcher to ready",
                String.format(
                        Locale.ROOT,
                        "p50 %.0f ms (%d starts)",
                        Percentiles.of(starts).at(50),
                        STARTS));
        try (var server = ServerProcess.start(launcher)) {
            TimeUnit.SECONDS.sleep(3);
            print("idle memory", String.format(Locale.ROOT, "%.0f MiB resident", server.residentMiB()));
            var api = new Api(server.endpoint());
            var measurement = new FirstMeasurement(api, Deployment.make(api, server.data()));
            measurement.gateway();
            print(
                    "one event to warm Python function",
                    EventLatency.measure(server.endpoint(), measurement.deployment)
                            .toString());
            measurement.putEvents(server);
            measurement.putSegments(server);
            print("memory after load", String.format(Locale.ROOT, "%.0f MiB resident", server.residentMiB()));
        }
        System.exit(0); // the HTTP client's threads linger
    }

    /** By turns, so that both run on equally warm code. */
    private void gateway() {
        var direct = new double[CALLS];
        var through = new double[CALLS];
        for (int i = -WARM_UP; i < CALLS; i++) {
            double invoke = millis(() -> api.rest("POST", "/2015-03-31/functions/nothing/invocations", "{}"));
            double request = millis(() -> api.rest("POST", deployment.path(), "{}"));
            if (i >= 0) {
                direct[i] = invoke;
                through[i] = request;
            }
        }
        print("Invoke, warm Python function", Percentiles.of(direct).toString());
        print("gateway to the same function", Percentiles.of(through).toString());
        print(
                "added by the gateway",
                String.format(
                        Locale.ROOT,
                        "p50 %.2f ms",
                        Percentiles.of(through).at(50) - Percentiles.of(direct).at(50)));
    }

    private static double millis(Runnable call) {
        long before = System.nanoTime();
        call.run();
        return (System.nanoTime() - before) / 1e6;
    }

    /** Of ten events, none has a target: what is measured is admission, matching and durability. */
    private void putEvents(ServerProcess server) throws InterruptedException {
        var request = BenchEvent.request(deployment.bus(), "source1", EVENTS_PER_CALL);
        print(
                "PutEvents, 100 rules, batches of 10, 1 KB",
                load(server, connection -> connection.send(request)),
                EVENTS_PER_CALL);
    }

    private void putSegments(ServerProcess server) throws InterruptedException {
        var traces = new LoadTraces();
        print(
                "PutTraceSegments, batches of 50, 1.2 KB",
                load(server, connection -> connection.send(traces.request())),
                LoadTraces.BATCH);
    }

    /** After a warm-up a third as long. */
    private static Load load(ServerProcess server, Load.Caller caller) throws InterruptedException {
        Load.run(server.handle(), server.endpoint(), PRODUCERS, LOAD.dividedBy(3), caller);
        return Load.run(server.handle(), server.endpoint(), PRODUCERS, LOAD, caller);
    }

    private static void print(String what, Load load, int each) {
        print(
                what,
                String.format(
                        Locale.ROOT,
                        "%,.0f /s, %,.0f per second of the server's processor time",
                        load.perSecond() * each,
                        load.perCore() * each));
    }

    private static void print(String what, String figure) {
        System.out.printf("%-44s %s%n", what, figure);
    }
}
