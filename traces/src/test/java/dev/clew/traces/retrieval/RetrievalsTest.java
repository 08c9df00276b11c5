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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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
        var token = start(ids(1), NOON, NOON);
        assertThatThrownBy(() -> xray.call(
                        XrayModel.LIST_RETRIEVED_TRACES,
                        ListRetrievedTracesRequest.builder()
                                .retrievalToken(token)
                                .traceFormat("OTEL")
                                .build()))
                .hasMessageContaining("expected: XRAY");
    }
}
