// SPDX-License-Identifier: Apache-2.0
package dev.clew.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

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
    private static final int LOAD_SECONDS = 10;
    private static final int EVENTS_PER_CALL = 10;
    private static final int DOCUMENTS_PER_CALL = 50;

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
            measurement.oneEvent();
            measurement.putEvents();
            measurement.putSegments();
            print("memory after load", String.format(Locale.ROOT, "%.0f MiB resident", server.residentMiB()));
        }
        System.exit(0); // the HTTP client's threads linger
    }

    private void gateway() {
        var direct = timed(() -> api.rest("POST", "/2015-03-31/functions/nothing/invocations", "{}"));
        var through = timed(() -> api.rest("POST", deployment.path(), "{}"));
        print("Invoke, warm Python function", direct.toString());
        print("gateway to the same function", through.toString());
        print("added by the gateway", String.format(Locale.ROOT, "p50 %.2f ms", through.at(50) - direct.at(50)));
    }

    private static Percentiles timed(Runnable call) {
        for (int i = 0; i < WARM_UP; i++) {
            call.run();
        }
        var samples = new double[CALLS];
        for (int i = 0; i < CALLS; i++) {
            long before = System.nanoTime();
            call.run();
            samples[i] = (System.nanoTime() - before) / 1e6;
        }
        return Percentiles.of(samples);
    }

    /** One event at a time, so that nothing queues: from before PutEvents to inside the handler. */
    private void oneEvent() throws IOException, InterruptedException {
        Files.writeString(deployment.latencies(), "");
        for (int sent = 1; sent <= WARM_UP + CALLS; sent++) {
            api.call("AWSEvents.PutEvents", "{\"Entries\":[" + event("source0", now()) + "]}");
            awaitLines(sent);
        }
        var samples = Files.readAllLines(deployment.latencies()).stream()
                .skip(WARM_UP)
                .mapToDouble(Double::parseDouble)
                .toArray();
        print("one event to warm Python function", Percentiles.of(samples).toString());
    }

    private static double now() {
        var now = Instant.now();
        return now.getEpochSecond() * 1e3 + now.getNano() / 1e6;
    }

    private void awaitLines(int count) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (Files.readAllLines(deployment.latencies()).size() < count) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("event " + count + " did not arrive");
            }
            TimeUnit.MICROSECONDS.sleep(200);
        }
    }

    /** Of ten events, none has a target: what is measured is admission, matching and durability. */
    private void putEvents() throws InterruptedException {
        var entry = event("source1", 0);
        var body = "{\"Entries\":[" + (entry + ",").repeat(EVENTS_PER_CALL - 1) + entry + "]}";
        var perSecond = load(number -> api.call("AWSEvents.PutEvents", body)) * EVENTS_PER_CALL;
        print("PutEvents, 100 rules, batches of 10, 1 KB", String.format(Locale.ROOT, "%,.0f events/s", perSecond));
    }

    private String event(String source, double at) {
        return """
            {"Source":"%s","DetailType":"bench","EventBusName":"%s","Detail":"{\\"kind\\":\\"k\\",\\"at\\":%s,\\"fill\\":\\"%s\\"}"}\
            """.formatted(source, deployment.bus(), String.format(Locale.ROOT, "%.3f", at), "x".repeat(950));
    }

    private void putSegments() throws InterruptedException {
        long epoch = Instant.now().getEpochSecond();
        var perSecond = load(number -> {
                    var documents = new StringBuilder("{\"TraceSegmentDocuments\":[");
                    for (int i = 0; i < DOCUMENTS_PER_CALL; i++) {
                        documents
                                .append(i == 0 ? "\"" : ",\"")
                                .append(document(epoch, number, i))
                                .append('"');
                    }
                    api.rest("POST", "/TraceSegments", documents.append("]}").toString());
                })
                * DOCUMENTS_PER_CALL;
        print("PutTraceSegments, batches of 50, 1.2 KB", String.format(Locale.ROOT, "%,.0f documents/s", perSecond));
    }

    private static String document(long epoch, int call, int number) {
        return """
            {"trace_id":"1-%08x-%016x%08x","id":"%08x%08x","name":"bench","start_time":%d.5,"end_time":%d.75,\
            "http":{"request":{"method":"GET","url":"http://bench.example/orders"},"response":{"status":200}},\
            "annotations":{"order_id":"order-%d-%d","amount":99.5},"metadata":{"default":{"fill":"%s"}}}\
            """.formatted(epoch, call, number / 5, call, number, epoch, epoch, call, number, "x".repeat(870))
                .replace("\"", "\\\"");
    }

    /** Calls per second of {@link #PRODUCERS} threads over {@link #LOAD_SECONDS}, after a warm-up a third as long. */
    private static double load(IntConsumer call) throws InterruptedException {
        var next = new AtomicInteger();
        var counted = new AtomicInteger();
        long start = System.nanoTime() + TimeUnit.SECONDS.toNanos(LOAD_SECONDS) / 3;
        long end = start + TimeUnit.SECONDS.toNanos(LOAD_SECONDS);
        var done = new CountDownLatch(PRODUCERS);
        for (int i = 0; i < PRODUCERS; i++) {
            Thread.ofVirtual().start(() -> {
                try {
                    for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
                        call.accept(next.incrementAndGet());
                        if (now >= start) {
                            counted.incrementAndGet();
                        }
                    }
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        return counted.get() / (double) LOAD_SECONDS;
    }

    private static void print(String what, String figure) {
        System.out.printf("%-44s %s%n", what, figure);
    }
}
