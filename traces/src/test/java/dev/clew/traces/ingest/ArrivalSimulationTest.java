// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.trace.TraceId;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.Seeds;
import dev.clew.traces.TracesConfig;
import dev.clew.traces.XRay;
import dev.clew.traces.api.GetServiceGraphRequest;
import dev.clew.traces.api.GetServiceGraphResult;
import dev.clew.traces.api.XrayModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Documents and spans of hundreds of traces arrive in any order, several times, in progress before and after they are
 * complete, split over restarts, with memory for a few traces only. What is answered then is what is answered when each
 * arrives once, in order.
 */
class ArrivalSimulationTest {
    private static final Instant FROM = ManualClock.START.minusSeconds(3_600);
    private static final Instant TO = ManualClock.START.plusSeconds(7_200);
    private static final int TRACES = 200;

    @ParameterizedTest
    @Seeds(4)
    void theOrderOfArrivalDoesNotMatter(long seed) {
        var random = new Random(seed);
        var ids = new ArrayList<TraceId>();
        var orderly = new ArrayList<RandomTrace.Arrival>();
        var arriving = new ArrayList<RandomTrace.Arrival>();
        for (int i = 0; i < TRACES; i++) {
            long second = ManualClock.START.getEpochSecond() + random.nextInt(1_200) - 600;
            var id = TraceId.of(second, seed, i);
            ids.add(id);
            var trace = new RandomTrace(id, random);
            orderly.addAll(trace.complete());
            arriving.addAll(trace.complete());
            arriving.addAll(trace.inProgress());
        }
        arriving.addAll(arriving.subList(0, arriving.size() / 4));
        Collections.shuffle(arriving, random);

        var xray = new XRay(TracesConfig.DEFAULTS.withRecent(1 << 17, 20));
        while (!arriving.isEmpty()) {
            var group = arriving.subList(0, Math.min(arriving.size(), 1 + random.nextInt(40)));
            send(xray, group);
            group.clear();
            xray.clock.advance(Duration.ofMillis(random.nextInt(30_000)));
            if (random.nextInt(20) == 0) {
                xray.crash();
            }
            if (random.nextInt(20) == 0) {
                xray.summaries(FROM, TO);
            }
            if (random.nextInt(20) == 0) {
                xray.get(ids.get(random.nextInt(TRACES)));
            }
        }
        xray.crash();

        var ordered = new XRay();
        for (var arrival : orderly) {
            send(ordered, List.of(arrival));
        }
        ordered.clock.advance(Duration.between(ordered.clock.instant(), xray.clock.instant()));

        assertThat(xray.summaries(FROM, TO).stream().map(XRay::withoutRevision))
                .containsExactlyElementsOf(ordered.summaries(FROM, TO).stream()
                        .map(XRay::withoutRevision)
                        .toList());
        for (var id : ids) {
            assertThat(xray.get(id)).isEqualTo(ordered.get(id));
        }
        assertThat(graph(xray)).isEqualTo(graph(ordered));
    }

    private static void send(XRay xray, List<RandomTrace.Arrival> group) {
        var documents = new ArrayList<String>();
        for (var arrival : group) {
            switch (arrival) {
                case RandomTrace.Arrival.Document(String json) -> documents.add(json);
                case RandomTrace.Arrival.Span(byte[] request) -> RandomTrace.post(xray, request);
            }
        }
        if (!documents.isEmpty()) {
            assertThat(xray.put(documents).unprocessedTraceSegments()).isEmpty();
        }
    }

    private static GetServiceGraphResult graph(XRay xray) {
        return xray.call(
                XrayModel.GET_SERVICE_GRAPH,
                GetServiceGraphRequest.builder().startTime(FROM).endTime(TO).build());
    }
}
