// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions;

import dev.clew.core.Scope;
import dev.clew.core.Ticker;
import dev.clew.core.access.ResourcePolicy.Decision;
import dev.clew.core.log.LogSink;
import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import dev.clew.core.trace.Sampler;
import dev.clew.core.trace.SegmentSink;
import dev.clew.core.trace.TraceHeader;
import dev.clew.functions.api.CreateFunctionRequest;
import dev.clew.functions.api.InvocationRequest;
import dev.clew.functions.api.InvocationResponse;
import dev.clew.functions.api.LambdaModel;
import dev.clew.functions.environment.Endpoints;
import dev.clew.functions.environment.EnvironmentsConfig;
import dev.clew.functions.environment.RuntimeApiServer;
import dev.clew.functions.invoke.Invocation;
import dev.clew.functions.invoke.InvokeOutcome;
import dev.clew.functions.queue.AsyncConfig;
import dev.clew.functions.queue.Destinations;
import dev.clew.functions.source.QueueSource;
import dev.clew.testkit.SequentialIds;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Functions with real processes, and everything around them in memory. */
@NullUnmarked
public final class Lab implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    final List<String> logs = new CopyOnWriteArrayList<>();
    final List<JsonNode> documents = new CopyOnWriteArrayList<>();
    final List<Destinations.Letter> posted = new CopyOnWriteArrayList<>();
    /** How many letters are to meet a destination that is busy. */
    final AtomicInteger busy = new AtomicInteger();

    volatile boolean sampled = true;
    volatile Decision policy = new Decision.Allowed("s");
    final Map<String, Double> counted = new ConcurrentHashMap<>();
    final Functions functions;
    final Api api;
    private final RuntimeApiServer server;

    Lab(Store store, Path folder, UnaryOperator<FunctionsConfig> config) {
        this(store, folder, true, config);
    }

    Lab(Store store, Path folder, boolean layer, UnaryOperator<FunctionsConfig> config) {
        this(store, folder, layer, new FakeQueues(), config);
    }

    Lab(Store store, Path folder, boolean layer, QueueSource queues, UnaryOperator<FunctionsConfig> config) {
        var environments = new EnvironmentsConfig(
                folder.resolve("environments"),
                layer,
                folder.resolve("layer"),
                false,
                javaClient(),
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getenv());
        functions = new Functions(
                store,
                new Logs(),
                new Documents(),
                (source, name, unit, value) -> counted.merge(source.dimensions() + " " + name, value, Double::sum),
                request -> new Sampler.Decision(sampled, "Default"),
                (document, access) -> policy,
                new FakeRoles(),
                queues,
                Lab::containing,
                this::post,
                InstantSource.system(),
                Ticker.system(),
                new SequentialIds(),
                config.apply(FunctionsConfig.of(folder.resolve("code"), environments)
                        .withAsync(AsyncConfig.DEFAULTS.withDelayFactor(0.001))));
        api = new Api(functions.binding());
        server = new RuntimeApiServer(functions.runtimeApi());
        functions.start(new Endpoints("http://127.0.0.1:1", server.address(), "127.0.0.1:2"));
    }

    private Destinations.Outcome post(Destinations.Letter letter) {
        posted.add(letter);
        return busy.getAndDecrement() > 0 ? new Destinations.Outcome.Busy("full") : new Destinations.Outcome.Sent();
    }

    /** Filters whose patterns are a brace and a text that must be there. */
    private static Predicate<String> containing(List<String> patterns) {
        if (!patterns.stream().allMatch(pattern -> pattern.startsWith("{"))) {
            throw new IllegalArgumentException("no brace");
        }
        return text -> patterns.stream().anyMatch(pattern -> text.contains(pattern.substring(1)));
    }

    /** The vendor's client and what it needs, as they are on the class path of the tests. */
    private static List<Path> javaClient() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> entry.getFileName().toString().startsWith("aws-lambda-java-"))
                .toList();
    }

    /** Where the Runtime API listens. */
    String runtimeApi() {
        return server.address();
    }

    void create(CreateFunctionRequest.Builder request) {
        api.call(LambdaModel.CREATE_FUNCTION, request.build());
    }

    InvocationResponse invoke(String function, String payload) {
        return invoke(function, payload, null);
    }

    InvocationResponse invoke(String function, String payload, TraceHeader trace) {
        return api.call(
                LambdaModel.INVOKE,
                InvocationRequest.builder()
                        .functionName(function)
                        .logType("Tail")
                        .payload(payload.getBytes(StandardCharsets.UTF_8))
                        .build(),
                trace);
    }

    InvokeOutcome run(String function, String requestId, String payload, TraceHeader trace)
            throws InterruptedException {
        return functions.invoke(new Invocation(
                Api.SCOPE, function, requestId, payload.getBytes(StandardCharsets.UTF_8), trace, PATIENCE, null, null));
    }

    static String text(InvocationResponse response) {
        return new String(response.payload(), StandardCharsets.UTF_8);
    }

    static JsonNode json(InvocationResponse response) {
        return JsonMapper.shared().readTree(response.payload());
    }

    /** The last document of this origin for this function, once it is there. */
    JsonNode document(String origin, String function) {
        BooleanSupplier there = () -> documents.stream().anyMatch(document -> is(document, origin, function));
        Eventually.holds(there);
        return documents.stream()
                .filter(document -> is(document, origin, function))
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    private static boolean is(JsonNode document, String origin, String function) {
        return document.path("origin").asString().equals(origin)
                && document.path("name").asString().equals(function)
                && !document.has("in_progress");
    }

    @Override
    public void close() {
        functions.close();
        server.close();
    }

    private final class Logs implements LogSink {
        @Override
        public void append(Scope scope, String group, String stream, List<Line> lines) {
            lines.forEach(line -> logs.add(group + ' ' + stream + ' ' + line.message()));
        }
    }

    private final class Documents implements SegmentSink {
        @Override
        public Runnable stage(WriteBatch batch, Scope scope, List<String> texts) {
            return () -> write(scope, texts);
        }

        @Override
        public void write(Scope scope, List<String> texts) {
            texts.forEach(text -> documents.add(JsonMapper.shared().readTree(text)));
        }
    }
}
