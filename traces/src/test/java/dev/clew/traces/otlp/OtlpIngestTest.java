// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.clew.core.trace.TraceId;
import dev.clew.traces.TracesConfig;
import dev.clew.traces.XRay;
import dev.clew.traces.otlp.OtlpCounters.Refusal;
import dev.clew.traces.otlp.OtlpCounters.Rejection;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class OtlpIngestTest {
    private final XRay xray = new XRay();

    private static TraceId trace() {
        return XRay.TRACE;
    }

    /** Everything that a span can say. */
    private static JsonNode whole() {
        return JsonMapper.shared().readTree("""
            {"resourceSpans":[{
              "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}],
                "droppedAttributesCount":1},
              "scopeSpans":[{
                "scope":{"name":"lib","version":"3","attributes":[{"key":"a","value":{"boolValue":true}}]},
                "spans":[{
                  "traceId":"%s","spanId":"00000000000000cc","traceState":"k=v","parentSpanId":"00000000000000aa",
                  "name":"work","kind":5,"startTimeUnixNano":"1786096800000000001",
                  "endTimeUnixNano":"1786096801000000002",
                  "attributes":[
                    {"key":"big","value":{"intValue":"9223372036854775807"}},
                    {"key":"bytes","value":{"bytesValue":"AAEC/w=="}},
                    {"key":"none","value":{}},
                    {"key":"nan","value":{"doubleValue":"NaN"}},
                    {"key":"list","value":{"arrayValue":{"values":[{"intValue":"0"},{"kvlistValue":{"values":[
                      {"key":"x","value":{"stringValue":""}}]}}]}}}],
                  "droppedAttributesCount":2,
                  "events":[{"timeUnixNano":"1786096800500000000","name":"e","attributes":[
                    {"key":"n","value":{"doubleValue":0.1}}],"droppedAttributesCount":3}],
                  "droppedEventsCount":4,
                  "links":[{"traceId":"6a75f1a000000000000000000000beef","spanId":"00000000000000bb","traceState":"q=1",
                    "attributes":[{"key":"why","value":{"stringValue":"batch"}}],"droppedAttributesCount":5,"flags":1}],
                  "droppedLinksCount":6,
                  "status":{"message":"bad","code":2},
                  "flags":257}],
                "schemaUrl":"https://opentelemetry.io/schemas/1.30.0"}],
              "schemaUrl":"https://opentelemetry.io/schemas/1.29.0"}]}
            """.formatted(trace().w3c()));
    }

    @Test
    void givesSpansBackWhole() {
        assertThat(Otlp.postJson(xray, whole()).status()).isEqualTo(200);

        xray.crash();

        assertThat(JsonMapper.shared().readTree(xray.traces().otlp().read(XRay.SCOPE, trace())))
                .isEqualTo(whole());
    }

    @Test
    void givesASpanBackOnceThatMadeTwoDocuments() {
        var span = Otlp.span("00000000000000cc", "00000000000000aa", 3, "GET").put("flags", 0x301);
        Otlp.postJson(xray, Otlp.request(span));

        assertThat(xray.documents(trace())).hasSizeGreaterThan(1);
        assertThat(spansRead()).isEqualTo(1);
    }

    @Test
    void givesACompletedSpanBackOnce() {
        var span = Otlp.span("00000000000000cc", "", 2, "GET");
        Otlp.postJson(xray, Otlp.request(span.deepCopy().put("endTimeUnixNano", "0")));
        assertThat(xray.summary().isPartial()).isTrue();
        Otlp.postJson(xray, Otlp.request(span));

        assertThat(xray.summary().isPartial()).isFalse();
        assertThat(spansRead()).isEqualTo(1);
        assertThat(xray.traces().otlp().read(XRay.SCOPE, trace())).contains("endTimeUnixNano");
    }

    private int spansRead() {
        return JsonMapper.shared()
                .readTree(xray.traces().otlp().read(XRay.SCOPE, trace()))
                .path("resourceSpans")
                .size();
    }

    /** A page calls a service that is instrumented with OpenTelemetry, that calls one with the X-Ray SDK, and back. */
    @Test
    void joinsSpansAndDocumentsOfOneTraceByTheirIds() {
        xray.put("""
            {"id":"00000000000000a1","name":"edge","start_time":%1$d,"end_time":%1$d.4,"trace_id":"%2$s",\
            "subsegments":[{"id":"00000000000000a2","name":"shop","namespace":"remote","start_time":%1$d.1,\
            "end_time":%1$d.35}]}\
            """.formatted(seconds(), trace()), """
                {"id":"00000000000000d1","name":"stock","start_time":%1$d.1,"end_time":%1$d.2,"trace_id":"%2$s",\
                "parent_id":"00000000000000c1"}\
                """.formatted(seconds(), trace()), """
                    {"id":"00000000000000e1","name":"parse","start_time":%1$d.1,"end_time":%1$d.2,"trace_id":"%2$s",\
                    "parent_id":"00000000000000b2","type":"subsegment"}\
                    """.formatted(
                        seconds(), trace()));
        var shop = JsonMapper.shared().createObjectNode().put("service.name", "shop");
        Otlp.postProtobuf(
                xray,
                Otlp.requestOf(
                        shop,
                        Otlp.span("00000000000000b1", "00000000000000a2", 2, "GET /"),
                        Otlp.span("00000000000000b2", "00000000000000b1", 1, "load"),
                        Otlp.span("00000000000000c1", "00000000000000b2", 3, "GET")));

        var documents = xray.documents(trace());
        assertThat(documents)
                .extracting(document -> document.path("name").asString())
                .containsExactlyInAnyOrder("edge", "shop", "stock");
        var segment = documents.stream()
                .filter(document -> document.path("name").asString().equals("shop"))
                .findFirst()
                .orElseThrow();
        var load = segment.path("subsegments").path(0);
        assertThat(load.path("subsegments"))
                .extracting(inner -> inner.path("id").asString())
                .containsExactlyInAnyOrder("00000000000000c1", "00000000000000e1");
        assertThat(xray.summary().isPartial()).isFalse();
        assertThat(Objects.requireNonNull(xray.summary().serviceIds()))
                .extracting(service -> Objects.requireNonNull(service.name()))
                .contains("edge", "shop", "stock");
    }

    private static long seconds() {
        return trace().epochSecond();
    }

    @Test
    void storesTheGoodSpansOfARequestAndSaysHowManyAreBad() throws InvalidProtocolBufferException {
        var early = Otlp.span("00000000000000b3", "", 1, "x").put("startTimeUnixNano", "0");
        var badTrace = Otlp.span("00000000000000b4", "", 1, "x").put("traceId", "00".repeat(16));
        var badParent = Otlp.span("00000000000000b5", "aabb", 1, "x");
        var large = Otlp.span("00000000000000b6", "", 1, "y".repeat(300_000));
        var unlimited = new XRay(TracesConfig.DEFAULTS.withOtlp(new OtlpConfig(
                1 << 20,
                100,
                200 << 10,
                16 << 10,
                Duration.ofHours(2),
                Duration.ofDays(14),
                Duration.ZERO,
                true,
                false,
                Set.of())));

        var answer = Otlp.postProtobuf(
                unlimited,
                Otlp.request(Otlp.span("00000000000000b1", "", 2, "good"), early, badTrace, badParent, large));

        assertThat(answer.status()).isEqualTo(200);
        var partial = ExportTraceServiceResponse.parseFrom(answer.body()).getPartialSuccess();
        assertThat(partial.getRejectedSpans()).isEqualTo(4);
        assertThat(partial.getErrorMessage())
                .contains("begins too long ago or too far ahead (1)")
                .contains("no well-formed trace id, span id or parent span id (2)")
                .contains("too large (1)");
        assertThat(unlimited.documents(trace())).hasSize(1);
        var counters = unlimited.traces().otlp().counters();
        assertThat(counters.stored()).isEqualTo(1);
        assertThat(counters.rejected(Rejection.BAD_ID)).isEqualTo(2);
        assertThat(counters.rejected(Rejection.BAD_TIME)).isEqualTo(1);
        assertThat(counters.rejected(Rejection.SPAN_TOO_LARGE)).isEqualTo(1);
    }

    @Test
    void rejectsTheSpansOfAResourceThatIsTooLarge() {
        var resource = JsonMapper.shared().createObjectNode().put("long", "x".repeat(17 << 10));
        var answer = Otlp.postJson(
                xray,
                Otlp.requestOf(
                        resource,
                        Otlp.span("00000000000000b1", "", 2, "a"),
                        Otlp.span("00000000000000b2", "", 2, "b")));

        var partial = JsonMapper.shared().readTree(answer.body()).path("partialSuccess");
        assertThat(partial.path("rejectedSpans").asString()).isEqualTo("2");
        assertThat(xray.traces().otlp().counters().rejected(Rejection.CONTEXT_TOO_LARGE))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {-14L * 86_400 - 60, 2L * 3_600 + 60})
    void rejectsSpansOfOtherTimes(long offset) {
        assertThat(rejected(offset)).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(longs = {-14L * 86_400 + 60, 0, 2L * 3_600 - 60})
    void takesSpansOfTheseTimes(long offset) {
        assertThat(rejected(offset)).isEmpty();
    }

    private String rejected(long offset) {
        var start = Otlp.NOW.add(BigInteger.valueOf(offset).multiply(BigInteger.valueOf(1_000_000_000)));
        var span = Otlp.span("00000000000000b1", "", 2, "x")
                .put("startTimeUnixNano", start.toString())
                .put("endTimeUnixNano", start.toString());
        return JsonMapper.shared()
                .readTree(Otlp.postJson(xray, Otlp.request(span)).body())
                .path("partialSuccess")
                .path("rejectedSpans")
                .asString("");
    }

    @Test
    void refusesARequestWhoseSpansLieADayApart() {
        var late = Otlp.NOW.subtract(BigInteger.valueOf(86_401).multiply(BigInteger.valueOf(1_000_000_000)));
        var answer = Otlp.postJson(
                xray,
                Otlp.request(
                        Otlp.span("00000000000000b1", "", 2, "x"),
                        Otlp.span("00000000000000b2", "", 2, "x").put("startTimeUnixNano", late.toString())));

        refused(answer, 400, 3);
        assertThat(xray.get(trace())).isNull();
    }

    @Test
    void refusesMoreSpansThanTheLimit() {
        var few = new XRay(TracesConfig.DEFAULTS.withOtlp(
                new OtlpConfig(1 << 20, 1, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, true, false, Set.of())));
        refused(
                Otlp.postJson(
                        few,
                        Otlp.request(
                                Otlp.span("00000000000000b1", "", 2, "x"), Otlp.span("00000000000000b2", "", 2, "x"))),
                400,
                3);
    }

    @Test
    void takesGzip() {
        var body = Otlp.gzip(Otlp.protobuf(Otlp.request(Otlp.span("00000000000000b1", "", 2, "x"))));
        assertThat(Otlp.post(xray, "application/x-protobuf", body, "Content-Encoding", "gzip")
                        .status())
                .isEqualTo(200);
        assertThat(xray.documents(trace())).hasSize(1);
    }

    @Test
    void stopsUnpackingAtTheLimit() {
        var bomb = Otlp.gzip(new byte[64 << 20]);
        refused(Otlp.post(xray, "application/json", bomb, "Content-Encoding", "gzip"), 413, 8);
        assertThat(xray.traces().otlp().counters().refused(Refusal.TOO_LARGE)).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNoRequest() throws IOException {
        refused(Otlp.post(xray, "application/json", bytes("{\"resourceSpans\":7}")), 400, 3);
        refused(Otlp.post(xray, "application/json", bytes("{\"resourceSpans\":[{]")), 400, 3);
        refused(Otlp.post(xray, "application/json", bytes("[".repeat(1_000))), 400, 3);
        refused(Otlp.post(xray, "application/json; charset=utf-8", bytes("x"), "Content-Encoding", "gzip"), 400, 3);
        var status = Otlp.post(xray, "application/x-protobuf", bytes("\u0007garbage"));
        assertThat(status.status()).isEqualTo(400);
        var fields = CodedInputStream.newInstance(status.body());
        assertThat(fields.readTag()).isEqualTo(1 << 3);
        assertThat(fields.readInt32()).isEqualTo(3);
        assertThat(fields.readTag()).isEqualTo(2 << 3 | 2);
        assertThat(fields.readString()).isNotEmpty();
        assertThat(xray.traces().otlp().counters().refused(Refusal.MALFORMED)).isEqualTo(5);
    }

    @Test
    void refusesOtherTypesEncodingsAndMethods() {
        assertThat(Otlp.post(xray, "text/plain", bytes("{}")).status()).isEqualTo(415);
        refused(Otlp.post(xray, "application/json", bytes("{}"), "Content-Encoding", "br"), 415, 12);
        var get = new HttpRequest("GET", OtlpHttp.PATH, "", HttpHeaders.EMPTY, new byte[0], "127.0.0.1", false);
        assertThat(new OtlpHttp(xray.traces().otlp()).handle(get, XRay.SCOPE).status())
                .isEqualTo(405);
    }

    @Test
    void answersAnEmptyRequest() {
        assertThat(Otlp.post(xray, "application/json", bytes("{}")).text()).isEqualTo("{}");
    }

    @Test
    void passesOverMembersItDoesNotKnowAndTakesNumbersForTexts() {
        var span = Otlp.span("00000000000000b1", "", 2, "x").put("kind", "SPAN_KIND_SERVER");
        span.put("startTimeUnixNano", 1_786_096_800_000_000_000L)
                .putObject("later")
                .put("a", 1);
        var request = Otlp.request(span);
        request.put("other", true).putNull("more");
        assertThat(Otlp.postJson(xray, request).text()).isEqualTo("{}");
        assertThat(xray.documents(trace())).hasSize(1);
    }

    @Test
    void indexesTheAttributesOfTheSetting() {
        var indexing =
                new XRay(TracesConfig.DEFAULTS.withOtlp(OtlpConfig.DEFAULTS.withIndexed(false, Set.of("order.id"))));
        var span = Otlp.span("00000000000000b1", "", 2, "x");
        var attributes =
                JsonMapper.shared().createObjectNode().put("order.id", "17").put("other", 1);
        Otlp.postJson(indexing, Otlp.request((ObjectNode) span.set("attributes", Otlp.attributes(attributes))));

        assertThat(Objects.requireNonNull(indexing.summary().annotations()).keySet())
                .containsExactly("order.id");
    }

    @Test
    void indexesEveryAttributeIfToldTo() {
        var indexing = new XRay(TracesConfig.DEFAULTS.withOtlp(OtlpConfig.DEFAULTS.withIndexed(true, Set.of())));
        var span = Otlp.span("00000000000000b1", "", 2, "x");
        var attributes =
                JsonMapper.shared().createObjectNode().put("order.id", "17").put("http.method", "GET");
        var resource = JsonMapper.shared().createObjectNode().put("service.name", "shop");
        Otlp.postJson(
                indexing, Otlp.requestOf(resource, (ObjectNode) span.set("attributes", Otlp.attributes(attributes))));

        assertThat(Objects.requireNonNull(indexing.summary().annotations()).keySet())
                .containsExactlyInAnyOrder("order.id", "http.method", "otel.resource.service.name");
    }

    @Test
    void findsTracesWhoseIdsCarryNoTimeByTheirBegin() {
        var span = Otlp.span("00000000000000b1", "", 2, "x").put("traceId", "f0f0f0f0a1a1a1a1b2b2b2b2c3c3c3c3");
        Otlp.postJson(xray, Otlp.request(span));
        assertThat(xray.summary().id()).isEqualTo("1-f0f0f0f0-a1a1a1a1b2b2b2b2c3c3c3c3");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void refused(HttpResponse answer, int status, int code) {
        assertThat(answer.status()).isEqualTo(status);
        var body = JsonMapper.shared().readTree(answer.body());
        assertThat(body.path("code").asInt()).isEqualTo(code);
        assertThat(body.path("message").asString()).isNotEmpty();
    }
}
