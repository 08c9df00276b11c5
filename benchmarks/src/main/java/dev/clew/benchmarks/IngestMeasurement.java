// SPDX-License-Identifier: Apache-2.0
package dev.clew.benchmarks;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * Documents per second that a server takes in durably ({@code fsync}): over HTTP in batches of fifty, and over UDP one by
 * one; and the same traces into Zipkin's server, which keeps them in memory, as the peer in the same run. Client and server
 * share the machine, so the figure that compares is documents per second of the server's processor time.
 *
 * <p>Arguments: the script {@code clew}, the seconds of each load (20 if absent), and {@code --no-peer}. The peer is fetched
 * by Maven when it is asked for. Run it on a machine that does nothing else.
 */
public final class IngestMeasurement {
    private static final int SENDERS = 2;
    private static final Duration WARM_UP = Duration.ofSeconds(40);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Duration length;

    private IngestMeasurement(Duration length) {
        this.length = length;
    }

    /** Entry point; see the class. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(arguments));
        boolean peer = !words.remove("--no-peer");
        var length = Duration.ofSeconds(words.size() > 1 ? Long.parseLong(words.get(1)) : 20);
        var measurement = new IngestMeasurement(length);
        Taken ours;
        try (var server = ServerProcess.start(Path.of(words.getFirst()))) {
            var traces = new LoadTraces();
            var uri = server.endpoint().resolve("/TraceSegments");
            measurement.http(server.handle(), uri, traces::putTraceSegments, WARM_UP); // warms up
            ours = measurement.http(server.handle(), uri, traces::putTraceSegments, length);
            print("Clew, HTTP, fsync", ours);
            print("Clew, UDP, fsync", measurement.udp(server, traces));
            System.out.printf(Locale.ROOT, "%-24s %.0f MiB resident%n", "Clew, memory after", server.residentMiB());
        }
        if (peer) {
            try (var zipkin = ZipkinProcess.start()) {
                var traces = new LoadTraces();
                measurement.http(zipkin.handle(), zipkin.spans(), traces::zipkin, WARM_UP);
                var theirs = measurement.http(zipkin.handle(), zipkin.spans(), traces::zipkin, length);
                print("Zipkin, HTTP, memory", theirs);
                System.out.printf(
                        Locale.ROOT,
                        "%-24s %.2f per core, %.2f whole%n",
                        "ratio Clew to Zipkin",
                        ours.perCore() / theirs.perCore(),
                        ours.perSecond() / theirs.perSecond());
            }
        }
        System.exit(0); // the HTTP client's threads linger
    }

    /** @param cpu processor time of the server meanwhile */
    private record Taken(long sent, long stored, Duration took, Duration cpu) {
        double perSecond() {
            return stored / (took.toNanos() / 1e9);
        }

        double perCore() {
            return stored / (cpu.toNanos() / 1e9);
        }
    }

    private static void print(String what, Taken load) {
        System.out.printf(
                Locale.ROOT,
                "%-24s %.0f documents/s, %.0f per second of the server's processor time (%d of %d stored)%n",
                what,
                load.perSecond(),
                load.perCore(),
                load.stored(),
                load.sent());
    }

    private static Duration cpu(ProcessHandle server) {
        return server.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private Taken http(ProcessHandle server, URI uri, Supplier<byte[]> batches, Duration time)
            throws InterruptedException {
        var sent = new AtomicLong();
        var stored = new AtomicLong();
        var cpu = cpu(server);
        long begin = System.nanoTime();
        var senders = new ArrayList<Thread>();
        for (int i = 0; i < SENDERS; i++) {
            senders.add(Thread.ofPlatform().start(() -> {
                while (System.nanoTime() - begin < time.toNanos()) {
                    sent.addAndGet(LoadTraces.BATCH);
                    stored.addAndGet(post(uri, batches.get()) ? LoadTraces.BATCH : 0);
                }
            }));
        }
        for (var sender : senders) {
            sender.join();
        }
        var took = Duration.ofNanos(System.nanoTime() - begin);
        return new Taken(sent.get(), stored.get(), took, cpu(server).minus(cpu));
    }

    private boolean post(URI uri, byte[] body) {
        var request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() < 300;
        } catch (IOException e) {
            return false; // counts as not stored
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Taken udp(ServerProcess server, LoadTraces traces) throws IOException, InterruptedException {
        var health = JsonMapper.shared().readTree(text(server.endpoint().resolve("/_clew/health")));
        var daemon = health.path("daemon").asString().split(":");
        long before = stored(server);
        var cpu = cpu(server.handle());
        long begin = System.nanoTime();
        long sent = 0;
        try (var socket = new DatagramSocket()) {
            while (System.nanoTime() - begin < length.toNanos()) {
                for (var document : traces.documents()) {
                    var datagram =
                            ("{\"format\":\"json\",\"version\":1}\n" + document).getBytes(StandardCharsets.UTF_8);
                    socket.send(new DatagramPacket(
                            datagram, datagram.length, InetAddress.getByName(daemon[0]), Integer.parseInt(daemon[1])));
                    sent++;
                }
            }
        }
        var took = Duration.ofNanos(System.nanoTime() - begin);
        long after = stored(server);
        for (long last = -1; last != after; after = stored(server)) { // until its queue is empty
            last = after;
            Thread.sleep(200);
        }
        return new Taken(sent, after - before, took, cpu(server.handle()).minus(cpu));
    }

    private long stored(ServerProcess server) throws IOException, InterruptedException {
        return text(server.endpoint().resolve("/_clew/metrics"))
                .lines()
                .filter(line -> line.startsWith("traces_daemon_documents_stored_total "))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private String text(URI uri) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}
