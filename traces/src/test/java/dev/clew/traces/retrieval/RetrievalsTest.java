// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.testkit.ManualClock;
import dev.clew.traces.XRay;
import dev.clew.traces.api.CancelTraceRetrievalRequest;
import dev.clew.traces.api.GetRetrievedTracesGraphRequest;
import dev.clew.traces.api.ListRetrievedTracesRequest;
import dev.clew.traces.api.RetrievedTrace;
import dev.clew.traces.api.StartTraceRetrievalRequest;
import dev.clew.traces.api.XrayModel;
import dev.clew.traces.filter.Corpus;
import dev.clew.traces.otlp.OtlpHttp;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RetrievalsTest {
    private static final Instant NOON = ManualClock.START;
    private final XRay xray = new XRay();

    private String start(List<String> ids, Instant from, Instant to) {
        return Objects.requireNonNull(
                xray.call(XrayModel.START_TRACE_RETRIEVAL, new StartTraceRetrievalRequest(ids, from, to))
                        .retrievalToken());
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count)
                .mapToObj(place -> Corpus.id(place).text())
                .toList();
    }

    private List<RetrievedTrace> all(String token) {
        var all = new ArrayList<RetrievedTrace>();
        String next = null;
        do {
            var page = xray.call(
                    XrayModel.LIST_RETRIEVED_TRACES,
                    ListRetrievedTracesRequest.builder()
                            .retrievalToken(token)
                            .nextToken(next)
                            .build());
            assertThat(page.retrievalStatus()).isEqualTo("COMPLETE");
            assertThat(page.traceFormat()).isEqualTo("XRAY");
            assertThat(page.traces()).hasSizeLessThanOrEqualTo(5);
            all.addAll(Objects.requireNonNull(page.traces()));
            next = page.nextToken();
        } while (next != null);
        return all;
    }

    @Test
    void retrievesTheDocumentsOfTracesFiveAtATime() {
        Corpus.documents().values().forEach(xray::put);
        var traces = all(start(ids(9), NOON, NOON.plusSeconds(60)));
        assertThat(traces).extracting(RetrievedTrace::id).containsExactlyElementsOf(ids(9));
        assertThat(Objects.requireNonNull(traces.getFirst().spans())).hasSize(3);
        assertThat(Objects.requireNonNull(traces.getFirst().spans()).getFirst().document())
                .contains("\"name\":\"api.example.com\"");
    }

    @Test
    void includesBothEndsOfTheTimeRange() {
        Corpus.documents().values().forEach(xray::put);
        assertThat(all(start(ids(9), NOON.plusSeconds(1), NOON.plusSeconds(2))))
                .extracting(RetrievedTrace::id)
                .containsExactly(Corpus.id(1).text(), Corpus.id(2).text());
    }

    @Test
    void dividesATraceOfManyDocuments() {
        var documents = new ArrayList<String>();
        for (int i = 1; i <= 250; i++) {
            documents.add("""
                {"id":"%016x","name":"a","trace_id":"%s","start_time":%d,"end_time":%d}\
                """.formatted(i, XRay.TRACE, NOON.getEpochSecond(), NOON.getEpochSecond() + 1));
        }
        for (int i = 0; i < 250; i += 50) {
            xray.put(documents.subList(i, i + 50));
        }
        assertThat(all(start(List.of(XRay.TRACE.text()), NOON, NOON)))
                .extracting(trace -> Objects.requireNonNull(trace.spans()).size())
                .containsExactly(100, 100, 50);
    }

    @Test
    void drawsTheGraphOfWhatWasRetrieved() {
        Corpus.documents().values().forEach(xray::put);
        var token = start(List.of(Corpus.id(7).text()), NOON, NOON.plusSeconds(60));
        var graph = xray.call(
                XrayModel.GET_RETRIEVED_TRACES_GRAPH,
                GetRetrievedTracesGraphRequest.builder().retrievalToken(token).build());
        assertThat(graph.retrievalStatus()).isEqualTo("COMPLETE");
        assertThat(Objects.requireNonNull(graph.services()))
                .extracting(service -> Objects.requireNonNull(service.service()).name())
                .containsExactlyInAnyOrder("A", "A", "B");
    }

    @Test
    void knowsATokenForAnHour() {
        Corpus.documents().values().forEach(xray::put);
        var token = start(ids(1), NOON, NOON.plusSeconds(60));
        xray.call(XrayModel.CANCEL_TRACE_RETRIEVAL, new CancelTraceRetrievalRequest(token));
        xray.clock.advance(Duration.ofMinutes(60));
        assertThat(all(token)).hasSize(1);
        xray.clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> all(token)).hasMessageContaining("RetrievalToken: unknown");
        assertThatThrownBy(() -> xray.call(XrayModel.CANCEL_TRACE_RETRIEVAL, new CancelTraceRetrievalRequest("none")))
                .hasMessageContaining("RetrievalToken: unknown");
    }

    @Test
    void refusesWhatItCannotRetrieve() {
        assertThatThrownBy(() -> start(List.of(), NOON, NOON)).hasMessageContaining("TraceIds: none");
        assertThatThrownBy(() -> start(List.of("x"), NOON, NOON)).hasMessageContaining("TraceIds: 'x'");
        assertThatThrownBy(() -> start(ids(1), NOON, NOON.minusSeconds(1))).hasMessageContaining("StartTime");
    }

    @Test
    void tellsATraceInOpenTelemetrysForm() {
        long now = NOON.getEpochSecond();
        xray.put("""
            {"trace_id":"%s","id":"00000000000000a1","name":"shop","start_time":%d.25,"end_time":%d.75,"user":"u1",
            "http":{"request":{"method":"GET","url":"http://shop.example/"},"response":{"status":200}},
            "annotations":{"order":"o-1","lines":3},"metadata":{"default":{"a":[1]}},
            "subsegments":[{"id":"00000000000000a2","name":"stock","namespace":"remote","start_time":%d.3,"end_time":%d.4,
            "fault":true,"cause":{"exceptions":[{"id":"00000000000000e1","type":"Timeout","message":"late"}]}}]}
            """.formatted(XRay.TRACE.text(), now, now, now, now));
        var request = """
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"stock"}}]},
            "scopeSpans":[{"scope":{"name":"lib"},"spans":[{"traceId":"%s","spanId":"00000000000000b1",
            "parentSpanId":"00000000000000a2","name":"GET /stock","kind":2,"startTimeUnixNano":"%d310000000",
            "endTimeUnixNano":"%d390000000","attributes":[{"key":"x","value":{"intValue":"7"}}]}]}]}]}
            """.formatted(XRay.TRACE.w3c(), now, now).getBytes(StandardCharsets.UTF_8);
        var headers = HttpHeaders.of("Content-Type", "application/json");
        new OtlpHttp(xray.traces().otlp())
                .handle(new HttpRequest("POST", OtlpHttp.PATH, "", headers, request, "127.0.0.1", false), XRay.SCOPE);

        var page = xray.call(
                XrayModel.LIST_RETRIEVED_TRACES,
                ListRetrievedTracesRequest.builder()
                        .retrievalToken(start(List.of(XRay.TRACE.text()), NOON, NOON.plusSeconds(60)))
                        .traceFormat("OTEL")
                        .build());

        assertThat(page.traceFormat()).isEqualTo("OTEL");
        var spans = new HashMap<String, JsonNode>();
        for (var span : Objects.requireNonNull(
                Objects.requireNonNull(page.traces()).getFirst().spans())) {
            spans.put(Objects.requireNonNull(span.id()), JsonMapper.shared().readTree(span.document()));
        }
        assertThat(spans.keySet())
                .containsExactlyInAnyOrder("00000000000000a1", "00000000000000a2", "00000000000000b1");
        var shop = Objects.requireNonNull(spans.get("00000000000000a1"));
        assertThat(shop.path("traceId").asString()).isEqualTo(XRay.TRACE.w3c());
        assertThat(shop.has("parentSpanId")).isFalse();
        assertThat(shop.path("kind").asInt()).isEqualTo(2);
        assertThat(shop.path("startTimeUnixNano").asString()).isEqualTo(now + "250000000");
        assertThat(shop.path("endTimeUnixNano").asString()).isEqualTo(now + "750000000");
        assertThat(shop.path("resource").toString()).contains("service.name").contains("shop");
        assertThat(shop.path("attributes").valueStream().map(JsonNode::toString))
                .contains(
                        "{\"key\":\"url.full\",\"value\":{\"stringValue\":\"http://shop.example/\"}}",
                        "{\"key\":\"http.response.status_code\",\"value\":{\"intValue\":\"200\"}}",
                        "{\"key\":\"enduser.id\",\"value\":{\"stringValue\":\"u1\"}}",
                        "{\"key\":\"order\",\"value\":{\"stringValue\":\"o-1\"}}",
                        "{\"key\":\"lines\",\"value\":{\"intValue\":\"3\"}}",
                        "{\"key\":\"aws.xray.metadata.default\",\"value\":{\"stringValue\":\"{\\\"a\\\":[1]}\"}}");
        var call = Objects.requireNonNull(spans.get("00000000000000a2"));
        assertThat(call.path("parentSpanId").asString()).isEqualTo("00000000000000a1");
        assertThat(call.path("kind").asInt()).isEqualTo(3);
        assertThat(call.path("status").path("code").asInt()).isEqualTo(2);
        assertThat(call.path("events").toString()).contains("Timeout").contains("late");
        var stock = Objects.requireNonNull(spans.get("00000000000000b1"));
        assertThat(stock.path("name").asString()).isEqualTo("GET /stock");
        assertThat(stock.path("attributes").toString()).contains("\"7\"");
        assertThat(stock.path("scope").path("name").asString()).isEqualTo("lib");
    }
}
