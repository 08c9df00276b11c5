// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.core.trace.TraceId;
import dev.clew.testkit.ManualClock;
import dev.clew.traces.XRay;
import dev.clew.traces.api.GetTraceSummariesRequest;
import dev.clew.traces.api.GetTraceSummariesResult;
import dev.clew.traces.api.SamplingStrategy;
import dev.clew.traces.api.TraceSummary;
import dev.clew.traces.api.XrayModel;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GetTraceSummariesTest {
    private static final Instant NOON = ManualClock.START;
    private final XRay xray = new XRay();

    private void segment(TraceId trace, Instant start, Instant end, String rest) {
        xray.put(
                "{\"id\":\"0285bf1261be05ff\",\"name\":\"a\",\"trace_id\":\"%s\",\"start_time\":%d.%03d,\"end_time\":%d.%03d%s}"
                        .formatted(
                                trace,
                                start.getEpochSecond(),
                                start.getNano() / 1_000_000,
                                end.getEpochSecond(),
                                end.getNano() / 1_000_000,
                                rest.replace('\'', '"')));
    }

    private static TraceId id(Instant time, int number) {
        return TraceId.of(time.getEpochSecond(), 0, number);
    }

    private GetTraceSummariesResult query(GetTraceSummariesRequest.Builder request) {
        return xray.call(XrayModel.GET_TRACE_SUMMARIES, request.build());
    }

    private static GetTraceSummariesRequest.Builder request(Instant from, Instant to) {
        return GetTraceSummariesRequest.builder().startTime(from).endTime(to);
    }

    private List<TraceSummary> found(GetTraceSummariesRequest.Builder request) {
        return Objects.requireNonNull(query(request).traceSummaries());
    }

    @Test
    void pagesFromNewestToOldestWithoutGapsOrRepetitions() {
        for (int i = 0; i < 250; i++) {
            segment(id(NOON.plusSeconds(i), i), NOON.plusSeconds(i), NOON.plusSeconds(i + 1), "");
        }

        var first = query(request(NOON, NOON.plusSeconds(1_000)));
        assertThat(first.traceSummaries()).hasSize(100);
        assertThat(first.approximateTime()).isEqualTo(NOON.plusSeconds(150));
        assertThat(first.tracesProcessedCount()).isEqualTo(100);
        var all = xray.summaries(NOON, NOON.plusSeconds(1_000));
        assertThat(all).hasSize(250);
        assertThat(all.stream().map(TraceSummary::startTime).toList())
                .isSortedAccordingTo(Comparator.nullsFirst(Comparator.<Instant>reverseOrder()));
    }

    @Test
    void refusesATokenOfAnotherQuery() {
        for (int i = 0; i < 101; i++) {
            segment(id(NOON, i), NOON, NOON.plusSeconds(1), "");
        }
        var token = query(request(NOON, NOON.plusSeconds(60))).nextToken();

        assertThat(found(request(NOON, NOON.plusSeconds(60)).nextToken(token))).hasSize(1);
        assertThatThrownBy(() -> query(request(NOON, NOON.plusSeconds(61)).nextToken(token)))
                .hasMessageContaining("NextToken");
        assertThatThrownBy(() -> query(request(NOON, NOON.plusSeconds(60)).nextToken("?!")))
                .hasMessageContaining("NextToken");
    }

    @Test
    void includesTheStartAndExcludesTheEnd() {
        segment(id(NOON, 1), NOON, NOON.plusSeconds(1), "");
        segment(id(NOON.plusSeconds(10), 2), NOON.plusSeconds(10), NOON.plusSeconds(11), "");

        assertThat(found(request(NOON, NOON.plusSeconds(10))))
                .extracting(TraceSummary::id)
                .containsExactly(id(NOON, 1).text());
        assertThat(found(request(NOON.plusSeconds(10), NOON.plusSeconds(20)))).hasSize(1);
        assertThat(found(request(NOON, NOON.plusSeconds(11)).timeRangeType("TimeRangeByStartTime")))
                .hasSize(2);
    }

    @Test
    void comparesWithEventsOrWithEndsOfSegments() {
        segment(id(NOON, 1), NOON, NOON.plusSeconds(100), "");
        var inside = request(NOON.plusSeconds(50), NOON.plusSeconds(60));
        var end = request(NOON.plusSeconds(90), NOON.plusSeconds(110));

        assertThat(found(inside)).isEmpty();
        assertThat(found(inside.timeRangeType("Event"))).hasSize(1);
        assertThat(found(inside.timeRangeType("Service"))).isEmpty();
        assertThat(found(end.timeRangeType("Service"))).hasSize(1);
        assertThat(found(end.timeRangeType("Event")))
                .singleElement()
                .satisfies(summary -> assertThat(summary.matchedEventTime()).isEqualTo(NOON.plusSeconds(100)));
    }

    @Test
    void findsTracesWhoseIdsCarryNoTimeByTheirStart() {
        var odd = TraceId.of(0x12345678L, 5, 5);
        segment(odd, NOON.plusSeconds(5), NOON.plusSeconds(6), "");
        assertThat(found(request(NOON, NOON.plusSeconds(10)))).hasSize(1);

        xray.put("""
            {"id":"0285bf1261be0600","name":"b","trace_id":"%s","start_time":%d,"end_time":%d}\
            """.formatted(odd, NOON.getEpochSecond() - 100, NOON.getEpochSecond()));
        xray.crash();
        assertThat(found(request(NOON, NOON.plusSeconds(10)))).isEmpty();
        assertThat(found(request(NOON.minusSeconds(200), NOON)))
                .singleElement()
                .satisfies(summary -> assertThat(summary.revision()).isEqualTo(2));
    }

    @Test
    void tellsTheRootsOutcomeAndAnyThrottling() {
        segment(
                id(NOON, 1),
                NOON,
                NOON.plusSeconds(3),
                ",'fault':true,'user':'alice','aws':{'ec2':{'instance_id':'i-1','availability_zone':'us-east-1a'}},"
                        + "'subsegments':[{'id':'0285bf1261be0600','name':'x.example.com','namespace':'remote',"
                        + "'start_time':%1$d,'end_time':%2$d,'http':{'response':{'status':429}},'cause':{'exceptions':[{"
                                .formatted(NOON.getEpochSecond(), NOON.getEpochSecond() + 3)
                        + "'id':'0285bf1261be0601','type':'Oops','message':'no'}]}}]");

        var summary = found(request(NOON, NOON.plusSeconds(1))).getFirst();

        assertThat(summary.hasFault()).isTrue();
        assertThat(summary.hasError()).isFalse();
        assertThat(summary.hasThrottle()).isTrue();
        assertThat(Objects.requireNonNull(summary.users()).getFirst().userName())
                .isEqualTo("alice");
        assertThat(Objects.requireNonNull(summary.instanceIds()).getFirst().id())
                .isEqualTo("i-1");
        assertThat(Objects.requireNonNull(summary.availabilityZones())
                        .getFirst()
                        .name())
                .isEqualTo("us-east-1a");
        assertThat(Objects.requireNonNull(summary.faultRootCauses()))
                .singleElement()
                .satisfies(cause -> {
                    assertThat(cause.clientImpacting()).isTrue();
                    assertThat(Objects.requireNonNull(cause.services())).hasSize(1);
                });
        assertThat(Objects.requireNonNull(summary.errorRootCauses()))
                .singleElement()
                .satisfies(cause -> {
                    assertThat(cause.clientImpacting()).isFalse();
                    var services = Objects.requireNonNull(cause.services());
                    assertThat(services).hasSize(2);
                    assertThat(services.getLast().inferred()).isTrue();
                    assertThat(Objects.requireNonNull(services.getFirst().entityPath()))
                            .extracting(entity -> entity.name())
                            .containsExactly("a", "x.example.com");
                });
        assertThat(Objects.requireNonNull(summary.responseTimeRootCauses())).hasSize(1);
    }

    @Test
    void alwaysAnswersHttpAndLists() {
        segment(id(NOON, 1), NOON, NOON.plusSeconds(1), "");

        var summary = found(request(NOON, NOON.plusSeconds(1))).getFirst();

        assertThat(summary.http()).isNotNull();
        assertThat(summary.annotations()).isEmpty();
        assertThat(summary.users()).isEmpty();
        assertThat(summary.resourceARNs()).isEmpty();
        assertThat(summary.responseTimeRootCauses()).isEmpty();
    }

    @Test
    void answersASampleThatRepetitionsAgreeOn() {
        for (int i = 0; i < 400; i++) {
            segment(id(NOON.plusSeconds(i), i), NOON.plusSeconds(i), NOON.plusSeconds(i + 1), "");
        }
        var half = request(NOON, NOON.plusSeconds(1_000))
                .sampling(true)
                .samplingStrategy(new SamplingStrategy("FixedRate", 0.5));

        var once = found(half);
        assertThat(found(half)).isEqualTo(once);
        assertThat(once).hasSize(100);
        assertThat(Objects.requireNonNull(query(half).tracesProcessedCount())).isBetween(150L, 270L);
        assertThatThrownBy(() -> query(half.samplingStrategy(new SamplingStrategy("FixedRate", 0.0))))
                .hasMessageContaining("SamplingStrategy.Value");
    }

    @Test
    void refusesWhatItCannotAnswer() {
        assertThatThrownBy(() -> query(request(NOON, NOON))).hasMessageContaining("StartTime");
        assertThatThrownBy(() -> query(request(NOON, NOON.plusSeconds(24 * 3_600 + 1))))
                .hasMessage("Time range cannot be longer than 24 hours");
        assertThatThrownBy(() -> query(request(NOON, NOON.plusSeconds(1)).filterExpression("okay")))
                .hasMessageStartingWith("Invalid input symbol 'okay' at column 1 (expected: a keyword");
        assertThat(found(request(NOON, NOON.plusSeconds(1)).filterExpression(" ")))
                .isEmpty();
    }
}
