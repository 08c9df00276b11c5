// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.testkit.ManualClock;
import dev.clew.traces.XRay;
import dev.clew.traces.api.GetTraceGraphRequest;
import dev.clew.traces.api.XrayModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** Traces of a size and shape that nobody intends. */
@Timeout(120)
class HugeTraceTest {
    private static final int MANY = 100_000;
    private static final long START = ManualClock.START.getEpochSecond();

    private final XRay xray = new XRay();

    private void put(int count, IntFunction<String> document) {
        var batch = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            batch.add(document.apply(i));
            if (batch.size() == 50 || i == count - 1) {
                assertThat(xray.put(batch).unprocessedTraceSegments()).isEmpty();
                batch.clear();
            }
        }
    }

    private static String id(int number) {
        return "%016x".formatted(number + 1);
    }

    /** @param parent -1 for none */
    private static String entity(int number, int parent, String more) {
        return """
            {"trace_id":"%s","id":"%s","name":"s%d","start_time":%d.0,"end_time":%d.5%s%s}\
            """.formatted(
                        XRay.TRACE.text(),
                        id(number),
                        number % 50,
                        START,
                        START,
                        parent < 0 ? "" : ",\"parent_id\":\"" + id(parent) + "\"",
                        more);
    }

    private void assertAnswered(int segments) {
        var summary = xray.summary();
        assertThat(summary.duration()).isEqualTo(0.5);
        assertThat(xray.documents(XRay.TRACE)).hasSize(segments);
        xray.call(
                XrayModel.GET_TRACE_GRAPH,
                GetTraceGraphRequest.builder()
                        .traceIds(List.of(XRay.TRACE.text()))
                        .build());
        assertThat(xray.summaries(ManualClock.START, ManualClock.START.plusSeconds(60), "service(\"s7\") { fault }"))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void aHundredThousandSubsegmentsOfOneSegment() {
        put(MANY, i -> entity(i, i == 0 ? -1 : 0, i == 0 ? "" : ",\"type\":\"subsegment\",\"fault\":true"));
        assertAnswered(1);
    }

    @Test
    void manySegmentsThatOneCalls() {
        int count = 20_000;
        put(count, i -> entity(i, i == 0 ? -1 : 0, ",\"fault\":true"));
        assertAnswered(count);
    }

    @Test
    void aChainOfSegmentsEachCallingTheNext() {
        int length = 5_000;
        put(length, i -> entity(i, i - 1, ",\"fault\":true"));
        assertAnswered(length);
    }

    @Test
    void aChainOfSubsegmentsEachInTheOneBefore() {
        put(5_000, i -> entity(i, i - 1, i == 0 ? "" : ",\"type\":\"subsegment\",\"fault\":true"));
        assertThat(xray.summary().duration()).isEqualTo(0.5);
        assertThat(xray.documents(XRay.TRACE)).isNotEmpty();
    }

    @Test
    void segmentsInACircle() {
        put(100, i -> entity(i, (i + 1) % 100, ",\"fault\":true"));
        assertThat(xray.summary().isPartial()).isTrue();
        assertAnswered(100);
    }

    @Test
    void subsegmentsInACircle() {
        put(100, i -> entity(i, (i + 1) % 100, ",\"type\":\"subsegment\""));
        assertThat(xray.summary().isPartial()).isTrue();
        assertThat(xray.documents(XRay.TRACE)).isNotEmpty();
    }

    @Test
    void aSegmentThatIsItsOwnParent() {
        put(1, i -> entity(0, 0, ""));
        put(1, i -> entity(1, 1, ",\"type\":\"subsegment\""));
        assertThat(xray.documents(XRay.TRACE)).isNotEmpty();
    }

    @Test
    void annotationsAndNestingAsLargeAsADocumentMayBe() {
        var annotations = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            annotations.append(i == 0 ? "" : ",").append("\"key%d\":\"value%d\"".formatted(i, i));
        }
        put(1, i -> entity(0, -1, ",\"annotations\":{" + annotations + "}"));
        assertThat(Objects.requireNonNull(xray.summary().annotations())).hasSizeLessThanOrEqualTo(50);

        int depth = 400;
        var nested = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            nested.append(",\"subsegments\":[{\"id\":\"%s\",\"name\":\"n\",\"start_time\":%d,\"end_time\":%d"
                    .formatted(id(10 + i), START, START));
        }
        var deep = entity(1, 0, nested + "}]".repeat(depth));
        var answer = xray.put(deep); // taken or refused
        assertThat(Objects.requireNonNull(answer.unprocessedTraceSegments())).hasSizeLessThanOrEqualTo(1);
        xray.summary();
        var metadata = "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000);
        xray.put(entity(2, 0, ",\"metadata\":{\"x\":" + metadata + "}"));
        assertThat(JsonMapper.shared().writeValueAsString(xray.summary())).isNotEmpty();
    }
}
