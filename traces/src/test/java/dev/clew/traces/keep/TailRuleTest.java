// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.core.store.WriteBatch;
import dev.clew.core.trace.Sampler;
import dev.clew.core.trace.TraceId;
import dev.clew.testkit.ManualClock;
import dev.clew.traces.KeepConfig;
import dev.clew.traces.TracesConfig;
import dev.clew.traces.XRay;
import dev.clew.traces.api.CreateGroupRequest;
import dev.clew.traces.api.CreateSamplingRuleRequest;
import dev.clew.traces.api.SamplingRule;
import dev.clew.traces.api.XrayModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TailRuleTest {
    private static final Duration QUIET = Duration.ofSeconds(30);
    private static final long START = ManualClock.START.getEpochSecond();

    private final XRay xray = new XRay(keeping(KeepConfig.NONE.with("fault OR service(\"worker\") { fault }")));

    private static TracesConfig keeping(KeepConfig keep) {
        return TracesConfig.DEFAULTS.withKeep(keep);
    }

    private static TraceId trace(int number) {
        return TraceId.of(START, 7, number);
    }

    private static Sampler.Request request(TraceId trace, String path) {
        return new Sampler.Request(
                XRay.SCOPE, trace, "api/prod", "AWS::ApiGateway::Stage", "localhost", "GET", path, "", Map.of());
    }

    /** What the rules say of /quiet is no. */
    private static void neverSample(XRay xray) {
        xray.call(
                XrayModel.CREATE_SAMPLING_RULE,
                CreateSamplingRuleRequest.builder()
                        .samplingRule(SamplingRule.builder()
                                .ruleName("never")
                                .priority(1)
                                .fixedRate(0.0)
                                .reservoirSize(0)
                                .serviceName("*")
                                .serviceType("*")
                                .host("*")
                                .httpMethod("*")
                                .urlPath("/quiet")
                                .resourceARN("*")
                                .version(1)
                                .build())
                        .build());
    }

    private static void enter(XRay xray, TraceId trace) {
        assertThat(xray.traces().sampler().decide(request(trace, "/quiet")))
                .isEqualTo(new Sampler.Decision(true, "never")); // recorded, else there is nothing to judge
    }

    private static String segment(TraceId trace, String id, String name, String more) {
        return """
            {"trace_id":"%s","id":"%s","name":"%s","start_time":%d.0,"end_time":%d.5%s}\
            """.formatted(trace.text(), id, name, START, START, more);
    }

    private static void hop(XRay xray, String document) {
        xray.traces().sink().write(XRay.SCOPE, List.of(document));
    }

    private static void settle(XRay xray) {
        xray.traces().tailRule().orElseThrow().settle();
    }

    private void quiet() {
        xray.clock.advance(QUIET);
        settle(xray);
    }

    private int documents(TraceId trace) {
        return xray.get(trace) == null ? 0 : xray.documents(trace).size();
    }

    @Test
    void keepsTheWholeTraceIfItMatchesOnceItIsQuiet() {
        neverSample(xray);
        enter(xray, trace(1));
        enter(xray, trace(2));
        hop(xray, segment(trace(1), "00000000000000a1", "api", ""));
        hop(xray, segment(trace(2), "00000000000000a2", "api", ""));
        var batch = new WriteBatch();
        var visible = xray.traces()
                .sink()
                .stage(
                        batch,
                        XRay.SCOPE,
                        List.of(segment(
                                trace(1), "00000000000000b1", "Events", ",\"parent_id\":\"00000000000000a1\"")));
        assertThat(batch.isEmpty()).isTrue();
        visible.run();
        var put = xray.put(
                segment(trace(1), "00000000000000c1", "worker", ",\"fault\":true,\"parent_id\":\"00000000000000b1\""),
                segment(trace(2), "00000000000000c2", "worker", ",\"parent_id\":\"00000000000000a2\""));

        assertThat(put.unprocessedTraceSegments()).isEmpty();
        assertThat(documents(trace(1))).isZero();
        xray.clock.advance(QUIET.minusMillis(1));
        settle(xray);
        assertThat(documents(trace(1))).isZero();
        xray.clock.advance(Duration.ofMillis(1));
        settle(xray);

        assertThat(documents(trace(1))).isEqualTo(3);
        assertThat(documents(trace(2))).isZero();
        var rule = xray.traces().tailRule().orElseThrow();
        assertThat(List.of(rule.kept(), rule.dropped(), rule.early(), rule.heldBytes()))
                .containsExactly(1L, 1L, 0L, 0L);
    }

    @Test
    void waitsForTheLastDocument() {
        neverSample(xray);
        enter(xray, trace(1));
        hop(xray, segment(trace(1), "00000000000000a1", "api", ""));
        xray.clock.advance(QUIET.minusSeconds(1));
        hop(xray, segment(trace(1), "00000000000000b1", "worker", ",\"fault\":true"));
        xray.clock.advance(Duration.ofSeconds(2));
        settle(xray);
        assertThat(documents(trace(1))).isZero();

        quiet();

        assertThat(documents(trace(1))).isEqualTo(2);
    }

    @Test
    void leavesAloneWhatTheHeadKeeps() {
        neverSample(xray);
        assertThat(xray.traces().sampler().decide(request(trace(1), "/orders")).sampled())
                .isTrue();

        hop(xray, segment(trace(1), "00000000000000a1", "api", ""));
        hop(xray, segment(trace(3), "00000000000000a3", "api", "")); // whose head was elsewhere

        assertThat(documents(trace(1))).isEqualTo(1);
        assertThat(documents(trace(3))).isEqualTo(1);
    }

    @Test
    void lateDocumentsJoinWhatWasKeptAndAreJudgedAgainWhereItWasDropped() {
        neverSample(xray);
        enter(xray, trace(1));
        enter(xray, trace(2));
        hop(xray, segment(trace(1), "00000000000000a1", "api", ",\"fault\":true"));
        hop(xray, segment(trace(2), "00000000000000a2", "api", ""));
        quiet();

        hop(xray, segment(trace(1), "00000000000000b1", "worker", ""));
        hop(xray, segment(trace(2), "00000000000000b2", "worker", ",\"fault\":true"));

        assertThat(documents(trace(1))).isEqualTo(2);
        assertThat(documents(trace(2))).isZero();
        quiet();
        assertThat(documents(trace(2))).isEqualTo(1);
    }

    @Test
    void aCompleteDocumentTakesThePlaceOfTheOneInProgress() {
        neverSample(xray);
        enter(xray, trace(1));
        hop(xray, segment(trace(1), "00000000000000a1", "api", ",\"fault\":true"));
        hop(xray, """
            {"trace_id":"%s","id":"00000000000000a1","name":"api","start_time":%d.0,"in_progress":true}\
            """.formatted(trace(1).text(), START));

        quiet();

        assertThat(xray.documents(trace(1)))
                .singleElement()
                .satisfies(document -> assertThat(document.has("end_time")).isTrue());
    }

    @Test
    void judgesEarlierWhatDoesNotFit() {
        var small = new XRay(keeping(KeepConfig.NONE.with("fault").withBounds(QUIET, 1 << 16)));
        neverSample(small);
        int traces = 100; // each takes more than a hundredth of the room
        for (int i = 0; i < traces; i++) {
            enter(small, trace(i));
            hop(small, segment(trace(i), "00000000000000a1", "api", i == 0 ? ",\"fault\":true" : ""));
        }

        var rule = small.traces().tailRule().orElseThrow();
        assertThat(rule.early()).isBetween(1L, traces - 1L);
        assertThat(rule.heldBytes()).isLessThanOrEqualTo(1 << 16);
        assertThat(small.get(trace(0))).isNotNull();
        assertThat(small.get(trace(1))).isNull();
    }

    @Test
    void aRegularEndJudgesWhatWaitsAndACrashLosesIt() {
        neverSample(xray);
        enter(xray, trace(1));
        hop(xray, segment(trace(1), "00000000000000a1", "api", ",\"fault\":true"));
        xray.restart(null);
        assertThat(documents(trace(1))).isEqualTo(1);

        enter(xray, trace(2));
        hop(xray, segment(trace(2), "00000000000000a2", "api", ",\"fault\":true"));
        xray.crash();
        quiet();
        assertThat(documents(trace(2))).isZero();
    }

    @Test
    void mayNameAGroup() {
        var grouped = new XRay(keeping(KeepConfig.NONE.with("group.name = \"slow\"")));
        grouped.call(
                XrayModel.CREATE_GROUP,
                CreateGroupRequest.builder()
                        .groupName("slow")
                        .filterExpression("responsetime > 0.4")
                        .build());
        neverSample(grouped);
        enter(grouped, trace(1));
        hop(grouped, segment(trace(1), "00000000000000a1", "api", ""));
        grouped.clock.advance(QUIET);
        settle(grouped);

        assertThat(Objects.requireNonNull(grouped.get(trace(1))).segments()).hasSize(1);
    }

    @Test
    void aFilterThatIsNoneIsToldWithItsColumn() {
        assertThatThrownBy(() -> new XRay(keeping(KeepConfig.NONE.with("fault AND"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("traces.keep: ")
                .hasMessageContaining("column 10");
    }
}
