// SPDX-License-Identifier: Apache-2.0
package dev.clew.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.core.access.ResourcePolicy;
import dev.clew.core.store.WriteBatch;
import dev.clew.core.trace.Sampler;
import dev.clew.core.trace.SegmentSink;
import dev.clew.events.api.CreateApiDestinationRequest;
import dev.clew.events.api.CreateArchiveRequest;
import dev.clew.events.api.CreateConnectionApiKeyAuthRequestParameters;
import dev.clew.events.api.CreateConnectionAuthRequestParameters;
import dev.clew.events.api.CreateConnectionRequest;
import dev.clew.events.api.DescribeArchiveRequest;
import dev.clew.events.api.EventsModel;
import dev.clew.events.api.HttpParameters;
import dev.clew.events.api.PutEventsRequest;
import dev.clew.events.api.PutEventsRequestEntry;
import dev.clew.events.api.PutRuleRequest;
import dev.clew.events.api.PutTargetsRequest;
import dev.clew.events.api.ReplayDestination;
import dev.clew.events.api.StartReplayRequest;
import dev.clew.events.api.Target;
import dev.clew.events.delivery.Targets;
import dev.clew.events.destination.Vault;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.MemoryStore;
import dev.clew.testkit.SequentialIds;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole bus, with real threads: what is put is archived and replayed, rules fire by the clock, and call endpoints. */
final class EndToEndTest {
    private static final String BUS = "arn:aws:events:us-east-1:111111111111:event-bus/default";
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:payment";

    private final ManualClock clock = new ManualClock();
    private final BlockingQueue<String> delivered = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> segments = new LinkedBlockingQueue<>();
    private final MemoryStore store = new MemoryStore();
    private final SequentialIds ids = new SequentialIds();
    private final Map<String, Double> counted = new ConcurrentHashMap<>();
    private Events events = open(EventsConfig.DEFAULTS);
    private Calls calls = Calls.of(events.binding());

    private Events open(EventsConfig config) {
        return new Events(
                store,
                new Segments(),
                (source, name, unit, value) -> counted.merge(source.dimensions() + " " + name, value, Double::sum),
                request -> new Sampler.Decision(true, null),
                (policy, caller, action, resource) -> new ResourcePolicy.Decision.Refused("nobody may"),
                new Recorder(),
                clock,
                clock,
                ids,
                new SplittableRandom(1),
                new Vault(new byte[32], new SecureRandom()),
                config);
    }

    private final class Recorder implements Targets {
        @Override
        public boolean supports(Arn target) {
            return target.service().equals("lambda");
        }

        @Override
        public AttemptOutcome attempt(Attempt attempt) {
            delivered.add(new String(attempt.payload(), StandardCharsets.UTF_8));
            return new AttemptOutcome.Delivered();
        }
    }

    /** Keeps the bus's own segments. */
    private final class Segments implements SegmentSink {
        @Override
        public Runnable stage(WriteBatch batch, Scope scope, List<String> documents) {
            return () -> write(scope, documents);
        }

        @Override
        public void write(Scope scope, List<String> documents) {
            documents.stream()
                    .filter(document -> document.contains("AWS::Events"))
                    .forEach(segments::add);
        }
    }

    @BeforeEach
    void start() {
        events.start();
        putRule("orders", "{\"source\":[\"shop\"]}");
    }

    @AfterEach
    void stop() {
        events.close();
    }

    private void putRule(String name, @Nullable String pattern) {
        calls.call(
                EventsModel.PUT_RULE,
                PutRuleRequest.builder().name(name).eventPattern(pattern).build());
        putTarget(name, FUNCTION);
    }

    private void putTarget(String rule, String arn) {
        var target = Target.builder().id("1").arn(arn).build();
        calls.call(EventsModel.PUT_TARGETS, new PutTargetsRequest(rule, null, List.of(target)));
    }

    private void putEvent(String source) {
        calls.call(
                EventsModel.PUT_EVENTS,
                new PutEventsRequest(
                        List.of(PutEventsRequestEntry.builder()
                                .source(source)
                                .detailType("Order Created")
                                .detail("{\"amount\": 9.90}")
                                .build()),
                        null));
    }

    @Test
    void countsWhatBecomesOfEvents() throws InterruptedException {
        putEvent("shop");
        putEvent("nobody");
        next();
        events.close(); // waits for what is under way
        assertThat(counted)
                .containsEntry("{RuleName=orders} MatchedEvents", 1.0)
                .containsEntry("{RuleName=orders} Invocations", 1.0)
                .doesNotContainKey("{RuleName=orders} FailedInvocations");
    }

    private void createArchive() {
        calls.call(
                EventsModel.CREATE_ARCHIVE,
                CreateArchiveRequest.builder()
                        .archiveName("all")
                        .eventSourceArn(BUS)
                        .build());
    }

    private void startReplay() {
        calls.call(
                EventsModel.START_REPLAY,
                StartReplayRequest.builder()
                        .replayName("again")
                        .eventSourceArn("arn:aws:events:us-east-1:111111111111:archive/all")
                        .eventStartTime(clock.instant().minusSeconds(60))
                        .eventEndTime(clock.instant().plusSeconds(60))
                        .destination(new ReplayDestination(BUS, null))
                        .build());
    }

    private String next() throws InterruptedException {
        return Objects.requireNonNull(delivered.poll(20, TimeUnit.SECONDS), "nothing was delivered");
    }

    /** The bus's next segment; it may be visible only after the delivery. */
    private String segment() throws InterruptedException {
        return Objects.requireNonNull(segments.poll(20, TimeUnit.SECONDS), "no segment was written");
    }

    @Test
    void anArchivedEventIsDeliveredAgainInItsTrace() throws InterruptedException {
        createArchive();
        putEvent("shop");
        var first = next();
        assertThat(archived()).isEqualTo(1);
        startReplay();
        var second = next();
        assertThat(second).contains("\"replay-name\":\"again\"").endsWith("\"detail\":{\"amount\":9.90}}");
        assertThat(member("id", second)).isNotEqualTo(member("id", first));
        assertThat(archived()).isEqualTo(1);
        var original = segment();
        var again = segment();
        assertThat(member("trace_id", again)).isEqualTo(member("trace_id", original));
        assertThat(member("parent_id", again)).isEqualTo(member("id", original));
    }

    @Test
    void aReplayCanStartTracesThatAreLinkedToTheOriginals() throws InterruptedException {
        var usual = EventsConfig.DEFAULTS;
        events.close();
        events = open(usual.with(usual.destinations(), usual.archives().withLinkedTraces(true)));
        calls = Calls.of(events.binding());
        events.start();
        createArchive();
        putEvent("shop");
        next();
        startReplay();
        next();
        var original = segment();
        var again = segment();
        assertThat(member("trace_id", again)).isNotEqualTo(member("trace_id", original));
        assertThat(again)
                .doesNotContain("parent_id")
                .contains("\"links\":[{\"trace_id\":\"" + member("trace_id", original) + "\",\"id\":\""
                        + member("id", original)
                        + "\",\"attributes\":{\"aws.xray.reserved.reference_type\":\"parent\"}}]");
    }

    private @Nullable Long archived() {
        return calls.call(EventsModel.DESCRIBE_ARCHIVE, new DescribeArchiveRequest("all"))
                .eventCount();
    }

    @Test
    void aScheduledRuleFiresForItsOwnTargetsAndStartsATrace() throws InterruptedException {
        putRule("everything", "{\"account\":[{\"prefix\":\"\"}]}");
        calls.call(
                EventsModel.PUT_RULE,
                PutRuleRequest.builder()
                        .name("nightly")
                        .scheduleExpression("rate(1 minute)")
                        .build());
        putTarget("nightly", FUNCTION);
        clock.advance(Duration.ofMinutes(1));
        assertThat(next())
                .contains("\"detail-type\":\"Scheduled Event\",\"source\":\"aws.events\"")
                .contains("\"time\":\"2026-08-07T10:01:00Z\"")
                .endsWith("\"resources\":[\"arn:aws:events:us-east-1:111111111111:rule/nightly\"],\"detail\":{}}");
        assertThat(segment()).doesNotContain("parent_id").contains("\"nightly\"");
        putEvent("other");
        assertThat(next())
                .as("and matches no event, nor does its event match others")
                .contains("\"other\"");
        assertThat(delivered).isEmpty();
    }

    @Test
    void aRuleDeliversToAnApiDestination() throws Exception {
        var asked = new LinkedBlockingQueue<String>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("X-Key") + " "
                    + exchange.getRequestHeaders().getFirst("X-Amzn-Trace-Id") + " "
                    + exchange.getRequestHeaders().getFirst("X-Order"));
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        server.start();
        try {
            var connection = calls.call(
                    EventsModel.CREATE_CONNECTION,
                    new CreateConnectionRequest(
                            "partner",
                            null,
                            "API_KEY",
                            CreateConnectionAuthRequestParameters.builder()
                                    .apiKeyAuthParameters(
                                            new CreateConnectionApiKeyAuthRequestParameters("X-Key", "k-1"))
                                    .build()));
            var destination = calls.call(
                    EventsModel.CREATE_API_DESTINATION,
                    CreateApiDestinationRequest.builder()
                            .name("hook")
                            .connectionArn(connection.connectionArn())
                            .invocationEndpoint(
                                    "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks/*")
                            .httpMethod("POST")
                            .build());
            var target = Target.builder()
                    .id("1")
                    .arn(destination.apiDestinationArn())
                    .httpParameters(new HttpParameters(List.of("a b"), Map.of("X-Order", "7"), Map.of("q", "1")))
                    .build();
            calls.call(EventsModel.PUT_TARGETS, new PutTargetsRequest("orders", null, List.of(target)));
            putEvent("shop");
            var request = Objects.requireNonNull(asked.poll(20, TimeUnit.SECONDS), "nobody called");
            assertThat(request).startsWith("/hooks/a%20b?q=1 k-1 Root=1-").endsWith(";Sampled=1 7");
            var segment = segment();
            assertThat(request)
                    .contains("Parent=" + member("id", segment))
                    .contains("Root=" + member("trace_id", segment));
        } finally {
            server.stop(0);
        }
    }

    private static String member(String name, String json) {
        return json.replaceAll("^.*?\"" + name + "\":\"([^\"]*)\".*$", "$1");
    }
}
