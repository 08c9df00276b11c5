// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.core.trace.TraceId;
import dev.clew.testkit.ManualClock;
import dev.clew.traces.TraceLimits;
import dev.clew.traces.TracesConfig;
import dev.clew.traces.XRay;
import dev.clew.traces.api.PutTraceSegmentsResult;
import dev.clew.traces.api.UnprocessedTraceSegment;
import dev.clew.traces.otlp.OtlpCounters.Rejection;
import dev.clew.traces.otlp.OtlpHttp;
import dev.clew.wire.ServiceException;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class AdmissionTest {
    private static XRay with(TraceLimits limits) {
        return new XRay(TracesConfig.DEFAULTS.withLimits(limits));
    }

    private static String segment(TraceId trace, String id, String more) {
        return "{\"id\":\"%s\",\"name\":\"a\",\"trace_id\":\"%s\",\"start_time\":%d,\"end_time\":%d.5%s}"
                .formatted(id, trace, trace.epochSecond(), trace.epochSecond(), more);
    }

    private static String segment(String id, String more) {
        return segment(XRay.TRACE, id, more);
    }

    private static UnprocessedTraceSegment only(PutTraceSegmentsResult answer) {
        var unprocessed = Objects.requireNonNull(answer.unprocessedTraceSegments());
        assertThat(unprocessed).hasSize(1);
        return unprocessed.getFirst();
    }

    @Test
    void refusesDocumentsBeyondTheCeilingAndSaysSo() {
        var xray = with(TraceLimits.DEFAULTS.withMaxTraceBytes(2_000));
        var filler = ",\"metadata\":{\"default\":{\"x\":\"" + "x".repeat(1_500) + "\"}}";
        assertThat(xray.put(segment("0000000000000001", filler)).unprocessedTraceSegments())
                .isEmpty();
        assertThat(Objects.requireNonNull(xray.get(XRay.TRACE)).limitExceeded()).isFalse();

        var answer = only(xray.put(
                segment("0000000000000002", filler),
                segment("0000000000000003", ",\"parent_id\":\"0000000000000001\"")));

        assertThat(answer.id()).isEqualTo("0000000000000002");
        assertThat(answer.errorCode()).isEqualTo("InvalidSegment");
        assertThat(answer.message())
                .isEqualTo("Trace Size Exceeded. Reduce the number of segments per trace and the size of your segment"
                        + " documents.");
        xray.crash();
        assertThat(xray.documents(XRay.TRACE)).hasSize(2);
        assertThat(Objects.requireNonNull(xray.get(XRay.TRACE)).limitExceeded()).isTrue();
        assertThat(xray.documents(XRay.TRACE).getFirst().path("metadata").toString())
                .hasSizeGreaterThan(1_500);
    }

    @Test
    void neverShrinksALongTraceWithoutCeiling() {
        var xray = new XRay();
        xray.put(segment("0000000000000001", ""));
        for (int i = 2; i < 1_000; i++) {
            xray.put(segment("%016x".formatted(i), ",\"type\":\"subsegment\",\"parent_id\":\"0000000000000001\""));
        }
        assertThat(xray.documents(XRay.TRACE).getFirst().path("subsegments")).hasSize(998);
        assertThat(Objects.requireNonNull(xray.get(XRay.TRACE)).limitExceeded()).isFalse();
    }

    @Test
    void takesAmendmentsForSevenDaysAfterTheFirstDocument() {
        var xray = new XRay();
        xray.put(segment("0000000000000001", ""));

        xray.clock.advance(Duration.ofDays(6));
        assertThat(xray.put(segment("0000000000000002", ",\"parent_id\":\"0000000000000001\""))
                        .unprocessedTraceSegments())
                .isEmpty();
        xray.clock.advance(Duration.ofDays(2));
        var answer = only(xray.put(segment("0000000000000003", ",\"parent_id\":\"0000000000000001\"")));

        assertThat(answer.errorCode()).isEqualTo("InvalidTraceId");
        assertThat(xray.documents(XRay.TRACE)).hasSize(2);
    }

    @Test
    void takesATraceOfOldThatIsNew() {
        var xray = new XRay();
        xray.clock.advance(Duration.ofDays(20));
        assertThat(xray.put(segment("0000000000000001", "")).unprocessedTraceSegments())
                .isEmpty();
    }

    @Test
    void keepsTracesOpenForeverIfToldTo() {
        var xray = with(TraceLimits.DEFAULTS.withModification(Duration.ZERO));
        xray.put(segment("0000000000000001", ""));
        xray.clock.advance(Duration.ofDays(20));
        assertThat(xray.put(segment("0000000000000002", "")).unprocessedTraceSegments())
                .isEmpty();
    }

    @Test
    void rejectsSpansOfTracesThatTakeNoMore() {
        var xray = with(TraceLimits.DEFAULTS.withMaxTraceBytes(10));
        var body = """
            {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"%s","spanId":"00000000000000a1","name":"x","kind":2,
            "startTimeUnixNano":"1786096800000000000","endTimeUnixNano":"1786096800000000001"}]}]}]}
            """.formatted(XRay.TRACE.w3c());
        var request = new HttpRequest(
                "POST",
                "/v1/traces",
                "",
                HttpHeaders.of("Content-Type", "application/json"),
                body.getBytes(StandardCharsets.UTF_8),
                "127.0.0.1",
                false);
        var answer = new OtlpHttp(xray.traces().otlp()).handle(request, XRay.SCOPE);

        assertThat(JsonMapper.shared()
                        .readTree(answer.body())
                        .path("partialSuccess")
                        .path("rejectedSpans")
                        .asString())
                .isEqualTo("1");
        assertThat(xray.traces().otlp().counters().rejected(Rejection.NOT_ADMITTED))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {-31L * 86_400, 301})
    void refusesTraceIdsOfOtherTimesIfStrict(long offset) {
        var xray = with(TraceLimits.DEFAULTS.withStrictness(false, true));
        var trace = TraceId.of(ManualClock.START.getEpochSecond() + offset, 1, 1);
        assertThat(only(xray.put(segment(trace, "0000000000000001", ""))).errorCode())
                .isEqualTo("InvalidTraceId");
        assertThat(new XRay().put(segment(trace, "0000000000000001", "")).unprocessedTraceSegments())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"InvalidId", "InvalidParentId"})
    void refusesIdsThatAreNotHexIfStrict(String code) {
        var xray = with(TraceLimits.DEFAULTS.withStrictness(true, false));
        var document = code.equals("InvalidId")
                ? segment("000000000000000g", "")
                : segment("0000000000000001", ",\"parent_id\":\"00000000000000zz\"");
        assertThat(only(xray.put(document)).errorCode()).isEqualTo(code);
        assertThat(new XRay().put(document).unprocessedTraceSegments()).isEmpty();
    }

    @Test
    void refusesEmbeddedIdsThatAreNotHexIfStrict() {
        var xray = with(TraceLimits.DEFAULTS.withStrictness(true, false));
        var inner = ",\"subsegments\":[{\"id\":\"000000000000000x\",\"name\":\"b\",\"start_time\":1,\"end_time\":2}]";
        assertThat(only(xray.put(segment("0000000000000001", inner))).errorCode())
                .isEqualTo("InvalidId");
    }

    @Test
    void throttlesBeyondTheRate() {
        var xray = with(TraceLimits.DEFAULTS.withSegmentsPerSecond(2));
        xray.put(segment("0000000000000001", ""), segment("0000000000000002", ""));
        assertThatThrownBy(() -> xray.put(segment("0000000000000003", "")))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo("ThrottledException"));
        xray.clock.advance(Duration.ofSeconds(1));
        xray.put(segment("0000000000000003", ""));
        assertThat(xray.documents(XRay.TRACE)).hasSize(3);
    }

    @Test
    void aDocumentSentAgainDaysLaterReplacesTheFirst() {
        var xray = new XRay(TracesConfig.DEFAULTS.withRecent(1 << 16, 1));
        xray.put(segment("0000000000000001", ",\"user\":\"first\""));
        xray.clock.advance(Duration.ofDays(2));
        xray.put(segment("0000000000000001", ",\"user\":\"second\""));
        xray.clock.advance(Duration.ofDays(2));
        xray.put(
                "{\"id\":\"0000000000000001\",\"name\":\"a\",\"trace_id\":\"%s\",\"start_time\":%d,\"in_progress\":true}"
                        .formatted(XRay.TRACE, XRay.TRACE.epochSecond()));
        xray.crash();

        assertThat(xray.documents(XRay.TRACE).getFirst().path("user").asString())
                .isEqualTo("second");
    }

    @Test
    void showsSoManyLinksAndNoMore() {
        var links = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            links.append(i == 0 ? "" : ",")
                    .append("{\"trace_id\":\"%s\",\"id\":\"0000000000000001\"}"
                            .formatted(TraceId.of(XRay.TRACE.epochSecond(), 2, i)));
        }
        var more = ",\"links\":[" + links + "]";
        var xray = new XRay();
        for (int i = 1; i <= 6; i++) {
            xray.put(segment("000000000000000" + i, more));
        }
        var documents = xray.documents(XRay.TRACE);
        assertThat(documents.getFirst().path("links")).hasSize(20);
        assertThat(documents.stream()
                        .mapToInt(document -> document.path("links").size())
                        .sum())
                .isEqualTo(100);
    }
}
