// SPDX-License-Identifier: Apache-2.0
package dev.clew.benchmarks;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Questions to a store of many documents. It is filled over HTTP, as clients fill it ({@code fsync}; from four connections,
 * in batches of fifty), with traces spread over the last day; then one client asks, one question after the other, and the
 * server answers over HTTP too.
 *
 * <p>Arguments: the script {@code clew} and the millions of documents (10 if absent; 0.2 for a try). Run it on a machine that
 * does nothing else; ten million take about 15 GB of disk and, at ten thousand documents a second, seventeen minutes to fill.
 */
public final class QueryMeasurement {
    private static final int SENDERS = 4;
    private static final int QUESTIONS = 200;
    private static final int GRAPHS = 20;
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ServerProcess server;
    private final long traces;
    private final long end = Instant.now().getEpochSecond();
    private final StoredTraces stored;
    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

    private QueryMeasurement(ServerProcess server, long traces) {
        this.server = server;
        this.traces = traces;
        this.stored = new StoredTraces(traces, end);
    }

    /** Entry point; see the class. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        double millions = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 10;
        long traces = Math.round(millions * 1_000_000 / StoredTraces.PER_TRACE);
        try (var server = ServerProcess.start(Path.of(arguments[0]))) {
            new QueryMeasurement(server, traces).run();
        }
        System.exit(0); // the HTTP client's threads linger
    }

    private void run() throws IOException, InterruptedException {
        fill();
        print("trace by id", 1_000, number -> post("/Traces", "{\"TraceIds\":[\"" + any() + "\"]}"));
        var filters = new TreeMap<>(Map.of(
                "filter, single trace", "annotation.order = \"o-%d\"",
                "filter, 0.01 %", "annotation.rare = \"yes\"",
                "filter, 1 %, range", "annotation.amount >= 9900",
                "filter, 1 %, fault", "service(\"service-7\") { fault }",
                "filter, 50 %", "annotation.half = true"));
        for (var filter : filters.entrySet()) {
            print(
                    filter.getKey(),
                    QUESTIONS,
                    number -> summaries(filter.getValue().formatted(random.nextLong(traces))));
        }
        print("summaries, no filter", QUESTIONS, number -> summaries(""));
        print("service graph, 6 h", GRAPHS, number -> post("/ServiceGraph", range(end - 6 * 3_600)));
        print("service graph, 5 min", GRAPHS, number -> post("/ServiceGraph", range(end - 300)));
        memory();
        long bytes = bytes(server.data());
        System.out.printf(
                Locale.ROOT,
                "%-24s %.1f GB, %d bytes a document%n",
                "on disk",
                bytes / 1e9,
                bytes / (traces * StoredTraces.PER_TRACE));
    }

    private void fill() throws InterruptedException {
        var failed = new AtomicInteger();
        long begin = System.nanoTime();
        var senders = new ArrayList<Thread>();
        for (int i = 0; i < SENDERS; i++) {
            senders.add(Thread.ofPlatform().start(() -> {
                for (var body = stored.batch(); body.length > 0; body = stored.batch()) {
                    if (post("/TraceSegments", body)
                                    .path("UnprocessedTraceSegments")
                                    .size()
                            > 0) {
                        failed.incrementAndGet();
                    }
                }
            }));
        }
        for (var sender : senders) {
            sender.join();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        long documents = traces * StoredTraces.PER_TRACE;
        System.out.printf(
                Locale.ROOT,
                "%-24s %d documents in %.0f s, %.0f a second; %d calls refused%n",
                "filled",
                documents,
                seconds,
                documents / seconds,
                failed.get());
        begin = System.nanoTime();
        summaries("annotation.rare = \"yes\"");
        System.out.printf(
                Locale.ROOT,
                "%-24s %.2f s after the last document%n",
                "first answer",
                (System.nanoTime() - begin) / 1e9);
    }

    private String any() {
        return stored.id(random.nextLong(traces));
    }

    private String range(long from) {
        return "{\"StartTime\":" + from + ",\"EndTime\":" + (end + 1) + "}";
    }

    private JsonNode summaries(String filter) {
        var body = JsonMapper.shared().createObjectNode();
        body.put("StartTime", end - StoredTraces.DAY + 1).put("EndTime", end + 1);
        if (!filter.isEmpty()) {
            body.put("FilterExpression", filter);
        }
        return post("/TraceSummaries", body.toString());
    }

    private void print(String what, int questions, LongFunction<JsonNode> question) {
        var samples = new double[questions];
        JsonNode last = JsonMapper.shared().nullNode();
        for (int i = -questions / 10; i < questions; i++) { // the first tenth warms up
            long begin = System.nanoTime();
            last = question.apply(i);
            if (i >= 0) {
                samples[i] = (System.nanoTime() - begin) / 1e6;
            }
        }
        int found = last.path("TraceSummaries").size()
                + last.path("Services").size()
                + last.path("Traces").size();
        System.out.printf(Locale.ROOT, "%-24s %s, %d found on the page%n", what, Percentiles.of(samples), found);
    }

    private void memory() throws IOException, InterruptedException {
        var pid = Long.toString(server.handle().pid());
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        output(jcmd, pid, "GC.run");
        long used = output(jcmd, pid, "GC.heap_info")
                .lines()
                .filter(line -> line.contains("generation"))
                .map(USED::matcher)
                .filter(Matcher::find)
                .mapToLong(matcher -> Long.parseLong(matcher.group(1)))
                .sum();
        System.out.printf(
                Locale.ROOT,
                "%-24s %d MiB live on the heap, %.0f MiB resident%n",
                "memory",
                used / 1_024,
                server.residentMiB());
    }

    private static String output(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }

    private static long bytes(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private JsonNode post(String path, String body) {
        return post(path, body.getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode post(String path, byte[] body) {
        var request = HttpRequest.newBuilder(server.endpoint().resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        try {
            var answer = client.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
            }
            return JsonMapper.shared().readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
