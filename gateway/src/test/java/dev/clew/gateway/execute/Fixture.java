// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import dev.clew.core.Scope;
import dev.clew.core.log.LogSink;
import dev.clew.core.store.WriteBatch;
import dev.clew.core.trace.Sampler;
import dev.clew.core.trace.SegmentSink;
import dev.clew.gateway.Console;
import dev.clew.gateway.Gateway;
import dev.clew.gateway.GatewayConfig;
import dev.clew.gateway.execute.FunctionInvoker.Outcome;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.MemoryStore;
import dev.clew.testkit.SequentialIds;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway in memory whose function, sampler and sinks are the test's. */
@NullUnmarked // optional members of the answers are asserted, not guarded
abstract class Fixture {
    static final String OK = "{\"statusCode\": 200, \"body\": \"ok\"}";

    final MemoryStore store = new MemoryStore();
    final ManualClock clock = new ManualClock();
    final List<FunctionInvoker.Request> invocations = Collections.synchronizedList(new ArrayList<>());
    final List<String> documents = Collections.synchronizedList(new ArrayList<>());
    final List<String> logLines = Collections.synchronizedList(new ArrayList<>());
    final List<Sampler.Request> questions = new ArrayList<>();

    Function<FunctionInvoker.Request, Outcome> function = request -> succeeded(OK);
    final List<String> counted = new java.util.concurrent.CopyOnWriteArrayList<>();
    Consumer<String> writing = documents::add;
    Sampler.Decision decision = new Sampler.Decision(true, null);

    Gateway gateway = open();
    Console console = new Console(gateway.binding());

    Gateway open() {
        return new Gateway(
                store,
                this::invoke,
                new Documents(),
                this::decide,
                this::log,
                (source, name, unit, value) ->
                        counted.add(new java.util.TreeMap<>(source.dimensions()) + " " + name + " " + value),
                clock,
                new SequentialIds(),
                GatewayConfig.DEFAULTS);
    }

    /** What the server does: everything again, on the same store. */
    void restart() {
        gateway.close();
        gateway = open();
        console = new Console(gateway.binding());
    }

    private Outcome invoke(FunctionInvoker.Request request) {
        invocations.add(request);
        return function.apply(request);
    }

    private Sampler.Decision decide(Sampler.Request request) {
        questions.add(request);
        return decision;
    }

    private void log(Scope scope, String group, String stream, List<LogSink.Line> lines) {
        lines.forEach(line -> logLines.add(group + " | " + stream + " | " + line.message()));
    }

    private final class Documents implements SegmentSink {
        @Override
        public Runnable stage(WriteBatch batch, Scope scope, List<String> written) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(Scope scope, List<String> written) {
            written.forEach(writing);
        }
    }

    static Outcome succeeded(String payload) {
        return new Outcome.Succeeded(payload.getBytes(StandardCharsets.UTF_8));
    }

    /** A function that takes {@code time} before it ends. */
    Function<FunctionInvoker.Request, Outcome> after(Duration time, Outcome outcome) {
        return request -> {
            clock.advance(time);
            return outcome;
        };
    }

    static HttpRequest request(String method, String host, String target, String body, String... headers) {
        int question = target.indexOf('?');
        var all = HttpHeaders.of(headers).toBuilder();
        if (HttpHeaders.of(headers).first("Host").isEmpty()) {
            all.add("Host", host);
        }
        return new HttpRequest(
                method,
                question < 0 ? target : target.substring(0, question),
                question < 0 ? "" : target.substring(question + 1),
                all.build(),
                body.getBytes(StandardCharsets.UTF_8),
                "198.51.100.7",
                false);
    }

    static String host(String api) {
        return api + ".execute-api.localhost:4566";
    }

    HttpResponse send(String method, String api, String target, String body, String... headers) {
        return gateway.handle(request(method, host(api), target, body, headers));
    }

    /** The event of the last invocation. */
    JsonNode event() {
        return JsonMapper.shared().readTree(invocations.getLast().payload());
    }

    /** The one segment that was written. */
    JsonNode segment() {
        gateway.close(); // waits for what follows an answer
        if (documents.size() != 1) {
            throw new AssertionError("segments: " + documents);
        }
        return JsonMapper.shared().readTree(documents.getFirst());
    }

    List<String> segments() {
        gateway.close();
        return List.copyOf(documents);
    }

    /** An API with one function behind {@code verb} on the path of these parts, deployed to {@code prod}. */
    String api(String verb, String... pathParts) {
        var api = console.createApi("shop");
        var resource = console.createPath(api, pathParts);
        console.putMethod(api.id(), resource, verb);
        console.putLambda(api.id(), resource, verb, Console.FUNCTION);
        console.deploy(api.id(), "prod");
        return api.id();
    }
}
