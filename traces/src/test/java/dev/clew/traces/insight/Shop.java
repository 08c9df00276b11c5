// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.insight;

import dev.clew.core.trace.TraceId;
import dev.clew.traces.XRay;
import dev.clew.traces.api.CreateGroupRequest;
import dev.clew.traces.api.GetInsightEventsRequest;
import dev.clew.traces.api.GetInsightSummariesRequest;
import dev.clew.traces.api.InsightEvent;
import dev.clew.traces.api.InsightSummary;
import dev.clew.traces.api.InsightsConfiguration;
import dev.clew.traces.api.XrayModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Traffic minute by minute: clients call {@code api}, which calls {@code worker}. */
final class Shop {
    static final String GROUP = "shop";

    final XRay xray;
    private int traces;

    Shop(XRay xray) {
        this.xray = xray;
    }

    void watchInsights() {
        xray.call(
                XrayModel.CREATE_GROUP,
                CreateGroupRequest.builder()
                        .groupName(GROUP)
                        .filterExpression("service(\"api\")")
                        .insightsConfiguration(new InsightsConfiguration(true, false))
                        .build());
    }

    /** {@code minutes} with {@code requests} each, of which {@code failed} fail in the worker, and so for the client. */
    void traffic(int minutes, int requests, int failed) {
        for (int minute = 0; minute < minutes; minute++) {
            for (int i = 0; i < requests; i++) {
                xray.put(trace(i < failed));
            }
            xray.clock.advance(Duration.ofMinutes(1));
        }
    }

    private List<String> trace(boolean fault) {
        long now = xray.clock.instant().getEpochSecond();
        int number = ++traces;
        var id = TraceId.of(now, 9, number).text();
        var outcome = fault ? ",\"fault\":true" : "";
        var documents = new ArrayList<String>();
        documents.add("""
            {"trace_id":"%s","id":"aaaaaaaa%08x","name":"api","start_time":%d.0,"end_time":%d.3%s,
            "subsegments":[{"id":"bbbbbbbb%08x","name":"worker","namespace":"remote","start_time":%d.1,"end_time":%d.2%s}]}
            """.formatted(id, number, now, now, outcome, number, now, now, outcome));
        documents.add("""
            {"trace_id":"%s","id":"cccccccc%08x","parent_id":"bbbbbbbb%08x","name":"worker","start_time":%d.1,"end_time":%d.2%s}
            """.formatted(id, number, number, now, now, outcome));
        return documents;
    }

    List<InsightSummary> insights(String... states) {
        var now = xray.clock.instant();
        return Objects.requireNonNull(xray.call(
                        XrayModel.GET_INSIGHT_SUMMARIES,
                        GetInsightSummariesRequest.builder()
                                .groupName(GROUP)
                                .states(List.of(states))
                                .startTime(now.minus(Duration.ofDays(1)))
                                .endTime(now.plusSeconds(1))
                                .build())
                .insightSummaries());
    }

    List<InsightEvent> events(String insight) {
        return Objects.requireNonNull(xray.call(
                        XrayModel.GET_INSIGHT_EVENTS,
                        GetInsightEventsRequest.builder().insightId(insight).build())
                .insightEvents());
    }
}
