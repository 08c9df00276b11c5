// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.core.store.Store;
import dev.clew.monitor.metrics.MetricsConfig;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.MemoryStore;
import dev.clew.testkit.SequentialIds;
import dev.clew.wire.Call;
import dev.clew.wire.FrontDoor;
import dev.clew.wire.FrontDoorConfig;
import dev.clew.wire.auth.AuthMode;
import dev.clew.wire.auth.CredentialStore;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** CloudWatch behind the front door, called as a client calls it. */
public final class MetricServer implements AutoCloseable {
    public static final Scope SCOPE = new Scope("111111111111", "us-east-1");
    private static final String HOST = "localhost:4566";

    public final Store store;
    public final ManualClock clock;
    public final Metrics metrics;
    private final MetricsConfig config;
    private final FrontDoor door;

    private MetricServer(Store store, ManualClock clock, MetricsConfig config) {
        this.store = store;
        this.clock = clock;
        this.config = config;
        this.metrics = new Metrics(store, clock, new SequentialIds(), config);
        this.door = new FrontDoor(
                List.of(metrics.binding()),
                new Anybody(),
                AuthMode.OPEN,
                clock,
                new SequentialIds(),
                FrontDoorConfig.DEFAULTS);
    }

    public static MetricServer start() {
        return start(MetricsConfig.DEFAULTS);
    }

    public static MetricServer start(MetricsConfig config) {
        return new MetricServer(new MemoryStore(), new ManualClock(), config);
    }

    /** Another server on the same store, after this one has ended. */
    public MetricServer restarted() {
        close();
        return new MetricServer(store, clock, config);
    }

    @Override
    public void close() {
        metrics.close();
    }

    /** Seconds of the present time. */
    public long now() {
        return clock.instant().getEpochSecond();
    }

    public HttpResponse send(HttpRequest request) {
        return door.handle(request);
    }

    /** A call in awsJson 1.0. */
    public HttpResponse send(String operation, Map<String, ?> input) {
        var body = JsonMapper.shared().writeValueAsBytes(input);
        var headers = HttpHeaders.of(
                "Host",
                HOST,
                "Content-Type",
                "application/x-amz-json-1.0",
                "X-Amz-Target",
                "GraniteServiceVersion20100801." + operation);
        return send(new HttpRequest("POST", "/", "", headers, body, "127.0.0.1", false));
    }

    /** A call in awsQuery. */
    public HttpResponse form(String form) {
        return send(new HttpRequest(
                "POST",
                "/",
                "",
                HttpHeaders.of("Host", HOST, "Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
                form.getBytes(StandardCharsets.UTF_8),
                "127.0.0.1",
                false));
    }

    /** The answer to a call that succeeds. */
    public JsonNode call(String operation, Map<String, ?> input) {
        var response = send(operation, input);
        assertThat(response.status()).as(response.text()).isEqualTo(200);
        return response.body().length == 0
                ? JsonMapper.shared().createObjectNode()
                : JsonMapper.shared().readTree(response.body());
    }

    /** The call is refused with this code, under its awsQuery name too, and these words. */
    public void refused(String code, String message, String operation, Map<String, ?> input) {
        var response = send(operation, input);
        assertThat(response.status()).isBetween(400, 499);
        var body = JsonMapper.shared().readTree(response.body());
        var type = body.path("__type").asString();
        assertThat(type.substring(type.indexOf('#') + 1)).isEqualTo(code);
        assertThat(body.path("message").asString(body.path("Message").asString()))
                .isEqualTo(message);
    }

    public void put(String namespace, Map<?, ?>... data) {
        call("PutMetricData", Map.of("Namespace", namespace, "MetricData", List.of(data)));
    }

    /** A datum with a value, {@code secondsAgo} before the present. */
    public Map<String, Object> datum(String name, double value, long secondsAgo) {
        return Map.of("MetricName", name, "Value", value, "Timestamp", now() - secondsAgo);
    }

    /** Values of one query with an expression over metrics, oldest first. */
    public List<Double> values(List<Map<String, ?>> queries, Instant from, Instant to) {
        var answer = call(
                "GetMetricData",
                Map.of(
                        "MetricDataQueries",
                        queries,
                        "StartTime",
                        from.getEpochSecond(),
                        "EndTime",
                        to.getEpochSecond(),
                        "ScanBy",
                        "TimestampAscending"));
        return answer.path("MetricDataResults")
                .path(0)
                .path("Values")
                .valueStream()
                .map(JsonNode::asDouble)
                .toList();
    }

    /** Knows nobody, and lets everybody in. */
    private static final class Anybody implements CredentialStore {
        @Override
        public Optional<Credential> find(String accessKeyId) {
            return Optional.empty();
        }

        @Override
        public Call.Caller unverified(String accessKeyId) {
            return new Call.Caller(Arn.of("iam", "", SCOPE.account(), "root"), SCOPE.account(), accessKeyId);
        }
    }
}
