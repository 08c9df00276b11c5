// SPDX-License-Identifier: Apache-2.0
package dev.clew.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the bus and the queues do: events per second by number of rules, traced and sampled; one event's way to a function; messages per
 * second; memory and start with many deliveries waiting; archive and replay. Everything is durable ({@code fsync}), client and server
 * share the machine: besides the rate, the work that one core does is told. Run it on a machine that does nothing else.
 *
 * <p>Arguments: the script {@code clew}, then the parts wanted ({@code put latency sqs waiting replay}; all if none is named), and
 * {@code --events N} for the last two (a million if absent).
 */
public final class EventsMeasurement {
    private static final Duration WARM_UP = Duration.ofSeconds(45);
    private static final Duration LENGTH = Duration.ofSeconds(15);
    private static final int PRODUCERS = 4;
    private static final int BATCH = 10;

    private final Path launcher;
    private final long events;

    private EventsMeasurement(Path launcher, long events) {
        this.launcher = launcher;
        this.events = events;
    }

    /** Entry point; see the class. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(arguments));
        int option = words.indexOf("--events");
        long events = 1_000_000;
        if (option >= 0) {
            events = Long.parseLong(words.remove(option + 1));
            words.remove(option);
        }
        var measurement = new EventsMeasurement(Path.of(words.removeFirst()), events);
        var parts = words.isEmpty() ? List.of("put", "latency", "sqs", "waiting", "replay") : words;
        for (var part : parts) {
            switch (part) {
                case "put" -> measurement.put();
                case "latency" -> measurement.latency();
                case "sqs" -> measurement.sqs();
                case "waiting" -> measurement.waiting();
                case "replay" -> measurement.replay();
                default -> throw new IllegalArgumentException(part + " (expected: put, latency, sqs, waiting, replay)");
            }
        }
        System.exit(0); // the HTTP client's threads linger
    }

    private void put() throws IOException, InterruptedException {
        try (var server = ServerProcess.start(launcher)) {
            var api = new Api(server.endpoint());
            for (int rules : List.of(10, 100, 300)) {
                Deployment.bus(api, "bench" + rules, rules);
            }
            put(server, "bench100", PRODUCERS, WARM_UP);
            for (int rules : List.of(10, 100, 300)) {
                print("PutEvents, " + rules + " rules", put(server, "bench" + rules, PRODUCERS, LENGTH));
            }
            print("PutEvents, 100 rules, 16 producers", put(server, "bench100", 16, LENGTH));
            api.rest("POST", "/CreateSamplingRule", """
                {"SamplingRule":{"RuleName":"tenth","Priority":1,"FixedRate":0.05,"ReservoirSize":1,"ServiceName":"*",
                 "ServiceType":"*","Host":"*","HTTPMethod":"*","URLPath":"*","ResourceARN":"*","Version":1}}\
                """);
            print("the same, 5 % traced", put(server, "bench100", PRODUCERS, LENGTH));
            print("the same, 5 % traced, 16 producers", put(server, "bench100", 16, LENGTH));
            printMemory("memory after it", server);
        }
    }

    private static Load put(ServerProcess server, String bus, int producers, Duration time)
            throws InterruptedException {
        var request = BenchEvent.request(bus, "source1", BATCH);
        return Load.run(server.handle(), server.endpoint(), producers, time, connection -> connection.send(request));
    }

    private void latency() throws IOException, InterruptedException {
        try (var server = ServerProcess.start(launcher)) {
            var deployment = Deployment.make(new Api(server.endpoint()), server.data());
            System.out.printf(
                    "%-40s %s%n", "one event to a warm function", EventLatency.measure(server.endpoint(), deployment));
        }
    }

    private void sqs() throws IOException, InterruptedException {
        try (var server = ServerProcess.start(launcher)) {
            var url = new Api(server.endpoint())
                    .call("AmazonSQS.CreateQueue", "{\"QueueName\":\"bench\"}")
                    .get("QueueUrl")
                    .asString();
            var messages = new QueueLoad(url);
            Load.run(server.handle(), server.endpoint(), PRODUCERS, WARM_UP, messages::pass);
            print(
                    "SQS, sent, received and deleted",
                    Load.run(server.handle(), server.endpoint(), PRODUCERS, LENGTH, messages::pass));
        }
    }

    private void waiting() throws IOException, InterruptedException {
        var server = ServerProcess.start(launcher);
        Deployment.deadEnd(new Api(server.endpoint()), "waiting");
        long accepted = fill(server, "waiting");
        System.out.printf(Locale.ROOT, "%-40s %,d%n", "deliveries that wait", accepted);
        printMemory("memory with them", server);
        try (var again = server.restart(launcher)) {
            System.out.printf(Locale.ROOT, "%-40s %.0f ms%n", "launcher to ready with them", again.startMillis());
            TimeUnit.SECONDS.sleep(20);
            printMemory("memory then", again);
            var probe = put(again, "waiting-no-more", 1, Duration.ofSeconds(2));
            System.out.printf(
                    Locale.ROOT, "%-40s %.1f ms%n", "PutEvents then, mean", 1e3 / Math.max(1, probe.perSecond()));
        }
    }

    private void replay() throws IOException, InterruptedException {
        try (var server = ServerProcess.start(launcher)) {
            var api = new Api(server.endpoint());
            Deployment.bus(api, "kept", 10);
            new ReplayRun(api, "kept").measure(() -> fill(server, "kept"));
        }
    }

    /** Puts so many events of {@code source1} on {@code bus}; returns how many were taken. */
    private long fill(ServerProcess server, String bus) {
        var request = BenchEvent.request(bus, "source1", BATCH);
        var left = new AtomicLong(events / BATCH);
        try {
            return Load.run(server.handle(), server.endpoint(), PRODUCERS, Duration.ofHours(1), connection -> {
                                if (left.getAndDecrement() <= 0) {
                                    throw new Load.Enough();
                                }
                                connection.send(request);
                            })
                            .calls()
                    * BATCH;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void print(String what, Load load) {
        System.out.printf(
                Locale.ROOT,
                "%-40s %,.0f /s, %,.0f per second of the server's processor time%n",
                what,
                load.perSecond() * BATCH,
                load.perCore() * BATCH);
    }

    private static void printMemory(String what, ServerProcess server) throws IOException {
        System.out.printf(Locale.ROOT, "%-40s %.0f MiB resident%n", what, server.residentMiB());
    }
}
