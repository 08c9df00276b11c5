// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.core.IdSource;
import dev.clew.core.Scope;
import dev.clew.core.Ticker;
import dev.clew.core.store.Store;
import dev.clew.core.trace.TraceId;
import dev.clew.events.Events;
import dev.clew.events.delivery.Targets;
import dev.clew.events.destination.Vault;
import dev.clew.functions.Functions;
import dev.clew.functions.environment.Endpoints;
import dev.clew.gateway.Gateway;
import dev.clew.identity.Identity;
import dev.clew.identity.IdentityConfig;
import dev.clew.monitor.Logs;
import dev.clew.monitor.Metrics;
import dev.clew.monitor.logs.LogsConfig;
import dev.clew.monitor.metrics.MetricsConfig;
import dev.clew.queues.Queues;
import dev.clew.storage.Durability;
import dev.clew.storage.Stores;
import dev.clew.traces.Traces;
import dev.clew.traces.otlp.OtlpHttp;
import dev.clew.wire.FrontDoor;
import dev.clew.wire.FrontDoorConfig;
import dev.clew.wire.ServiceBinding;
import dev.clew.wire.auth.SignatureVerifier;
import dev.clew.wire.http.HttpHandler;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * One running server: every feature over one store, and the listeners in front of them. The only place that names the real
 * clock, real chance and the implementations behind the ports.
 *
 * <p>Made to be embedded too: {@code try (var clew = Clew.start(settings)) { … clew.endpoint() … }}.
 */
public final class Clew implements AutoCloseable {
    private static final int MAX_BODY = FrontDoorConfig.DEFAULTS.maxBodyBytes();

    private final Settings settings;
    private final long startNanos;
    private final Store store;
    private final Traces traces;
    private final Metrics metrics;
    private final Logs logs;
    private final Functions functions;
    private final Queues queues;
    private final Events events;
    private final Gateway gateway;
    private final List<ServiceBinding> services;
    private final List<AutoCloseable> listeners = new ArrayList<>();
    private final URI endpoint;
    private final DaemonPort daemon;
    private final OtlpPorts otlp;
    private final SignedPages signed;
    private final LiveFeed live = new LiveFeed();

    private Clew(Settings settings) throws IOException {
        this.settings = settings;
        startNanos = System.nanoTime();
        var time = InstantSource.system();
        RandomGenerator chance = new SharedRandom();
        var ids = IdSource.random(time, chance);
        Files.createDirectories(settings.data());
        var rootKey = RootKey.in(settings.data());
        store = Stores.open(
                settings.data().resolve("store"),
                Durability.valueOf(settings.durability().toUpperCase(Locale.ROOT)));

        var identity = new Identity(
                store,
                time,
                ids,
                new SecureRandom(),
                IdentityConfig.of(settings.account(), rootKey.accessKeyId(), rootKey.secretAccessKey()));
        traces = new Traces(store, time, chance, settings.data().resolve("index"), Features.traces(settings));
        metrics = new Metrics(store, time, ids, MetricsConfig.DEFAULTS);
        logs = new Logs(store, time, LogsConfig.DEFAULTS, metrics.embedded());
        queues = new Queues(store, identity.resourcePolicy(), time, ids, Features.queues(settings));
        functions = new Functions(
                store,
                logs.sink(),
                traces.sink(),
                metrics.sink(),
                traces.sampler(),
                identity.resourcePolicy(),
                identity.roleSessions(),
                new FunctionQueues(queues),
                new PatternFilters(Features.events(settings).patterns()),
                new FunctionDestinations(queues, this::functions, this::events),
                time,
                Ticker.system(),
                ids,
                Features.functions(settings));
        events = new Events(
                store,
                traces.sink(),
                metrics.sink(),
                traces.sampler(),
                identity.callerPolicy(),
                Targets.of(List.of(new LambdaTargets(functions), new QueueTargets(queues), new LogTargets(logs))),
                time,
                Ticker.system(),
                ids,
                chance,
                Vault.in(settings.data().resolve("secrets.key"), new SecureRandom()),
                Features.events(settings));
        gateway = new Gateway(
                store,
                new LambdaIntegration(functions, ids),
                traces.sink(),
                traces.sampler(),
                logs.sink(),
                metrics.sink(),
                time,
                ids,
                Features.gateway(settings));

        services = new ArrayList<>(identity.bindings());
        services.addAll(List.of(
                events.binding(),
                functions.binding(),
                gateway.binding(),
                traces.binding(),
                logs.binding(),
                metrics.binding(),
                queues.binding()));
        var frontDoor = new FrontDoor(
                services,
                identity.credentials(),
                settings.auth(),
                time,
                ids,
                FrontDoorConfig.DEFAULTS.withScope(settings.account(), settings.region()));

        signed = new SignedPages(
                identity.credentials(),
                new SignatureVerifier(identity.credentials(), time, FrontDoorConfig.DEFAULTS.clockSkew()),
                settings.auth(),
                new Scope(settings.account(), settings.region()));

        try {
            var guard = new HostGuard(names());
            var runtimeApi = listen("runtime-api", InetAddress.getLoopbackAddress(), 0, functions.runtimeApi());
            daemon = DaemonPort.open(settings, traces, request -> frontDoor.handle(request, "xray"));
            listeners.add(daemon);
            otlp = OtlpPorts.open(settings, traces.otlp(), guard);
            listeners.add(otlp);
            var console = new Console(Clew.class.getClassLoader());
            var site = new Site(guard, gateway::claims, gateway, pages(), console, frontDoor);
            var listener = HttpListener.open("api", settings.bind(), settings.port(), MAX_BODY, site, live);
            listeners.add(listener);
            endpoint = URI.create("http://" + reachable() + ":" + listener.port());
            listeners.add(live); // ended first: its clients would never end by themselves
            traces.watch(live);
            traces.watch(new TraceMetrics(metrics.sink(), traces::groupsOf));
            traces.start();
            queues.start();
            functions.start(new Endpoints(
                    "http://127.0.0.1:" + listener.port(), "127.0.0.1:" + runtimeApi.port(), daemon.address()));
            events.start();
            metrics.start(new AlarmWiring(events, functions), new QueueMetrics(queues.ledger(), metrics.sink()));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts a server and returns when it answers.
     *
     * @throws IllegalStateException if a port is taken
     * @throws IOException if the data folder cannot be used
     */
    public static Clew start(Settings settings) throws IOException {
        return new Clew(settings);
    }

    private Functions functions() {
        return functions;
    }

    private Events events() {
        return events;
    }

    /** The address by which this machine reaches it. */
    public URI endpoint() {
        return endpoint;
    }

    /** {@code host:port} of the X-Ray daemon. */
    public String daemon() {
        return daemon.address();
    }

    /** Every service with its operations, bound and declared unsupported. */
    public List<ServiceBinding> services() {
        return List.copyOf(services);
    }

    /** What to print at start; the last line begins with {@code ready}. */
    public List<String> banner() {
        return List.of(
                "Clew " + version() + " · data " + settings.data() + " · auth "
                        + settings.auth().name().toLowerCase(Locale.ROOT) + " · account " + settings.account() + " · "
                        + settings.region(),
                "X-Ray daemon udp+tcp " + daemon.address() + " · OTLP grpc " + otlp.grpc() + " http " + otlp.http(),
                "ready " + endpoint + " in " + (System.nanoTime() - startNanos) / 1_000_000 + " ms");
    }

    /** Ends everything in order: no new requests, then functions, then what is written in the background, then the store. */
    @Override
    public void close() {
        listeners.reversed().forEach(Clew::closeQuietly);
        List.<AutoCloseable>of(gateway, events, functions, queues, logs, metrics, traces, store)
                .forEach(Clew::closeQuietly);
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) { // the other parts must still be closed
            System.getLogger(Clew.class.getName()).log(System.Logger.Level.WARNING, "could not close " + part, e);
        }
    }

    private HttpListener listen(String name, InetAddress address, int port, HttpHandler handler) {
        var listener = HttpListener.open(name, address, port, MAX_BODY, handler);
        listeners.add(listener);
        return listener;
    }

    private HashSet<String> names() {
        var names = new HashSet<>(settings.hosts());
        names.add(settings.bind().getHostAddress());
        names.add(settings.bind().getHostName().toLowerCase(Locale.ROOT));
        return names;
    }

    private String reachable() {
        return settings.bind().isAnyLocalAddress()
                ? "127.0.0.1"
                : settings.bind().getHostAddress();
    }

    private Map<String, HttpHandler> pages() {
        var spans = new OtlpHttp(traces.otlp());
        var stories = new EventPages(events.stories(), events.redrive(), InstantSource.system());
        var eventPages = signed.page((request, scope) -> stories.handle(request), SignedPages::denied);
        return Map.of(
                "/_clew/health",
                Site.only("GET", request -> Pages.health(settings, endpoint(), daemon(), otlp, version())),
                "/_clew/metrics",
                Site.only(
                        "GET",
                        request ->
                                MetricsPage.of(daemon.counters(), traces.otlp().counters(), live, traces.tailRule())),
                OtlpHttp.PATH,
                signed.page(spans::handle, spans::denied),
                "/_clew/live",
                Site.only("GET", signed.page(live::open, SignedPages::denied)),
                "/_clew/otlp/",
                Site.only("GET", signed.page(this::spans, SignedPages::denied)),
                "/_clew/functions/",
                functions.codeDownloads(),
                EventPages.PATH,
                eventPages,
                EventPages.PATH + '/',
                eventPages);
    }

    /** The spans of one trace as they came. */
    private HttpResponse spans(HttpRequest request, Scope scope) {
        var id = request.path().substring("/_clew/otlp/".length());
        return TraceId.ofEither(id)
                .map(trace ->
                        HttpResponse.text(200, "application/json", traces.otlp().read(scope, trace)))
                .orElseGet(() -> HttpResponse.text(
                        400, "application/json", "{\"message\":\"the path ends with the id of a trace\"}"));
    }

    static String version() {
        var version = Clew.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** Chance that many threads share: each draws from its own generator. */
    private static final class SharedRandom implements RandomGenerator {
        @Override
        public long nextLong() {
            return ThreadLocalRandom.current().nextLong();
        }
    }
}
