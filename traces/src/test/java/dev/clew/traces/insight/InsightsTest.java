// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.testkit.ManualClock;
import dev.clew.traces.XRay;
import dev.clew.traces.api.DeleteGroupRequest;
import dev.clew.traces.api.GetInsightEventsRequest;
import dev.clew.traces.api.GetInsightImpactGraphRequest;
import dev.clew.traces.api.GetInsightRequest;
import dev.clew.traces.api.GetInsightSummariesRequest;
import dev.clew.traces.api.InsightImpactGraphService;
import dev.clew.traces.api.RequestImpactStatistics;
import dev.clew.traces.api.XrayModel;
import dev.clew.wire.ServiceException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class InsightsTest {
    private final XRay xray = new XRay();
    private final Shop shop = new Shop(xray);

    /** Twenty calm minutes, then four in which half of the requests fail; one more, so that the last has been looked at. */
    private void outage() {
        shop.watchInsights();
        shop.traffic(20, 20, 0);
        shop.traffic(4, 20, 10);
        xray.clock.advance(Duration.ofMinutes(1));
    }

    @Test
    void opensAfterThreeMinutesBeyondWhatIsExpected() {
        shop.watchInsights();
        shop.traffic(20, 20, 0);
        shop.traffic(2, 20, 10);
        xray.clock.advance(Duration.ofMinutes(1));
        assertThat(shop.insights()).isEmpty();
        xray.clock.advance(Duration.ofMinutes(-1));
        shop.traffic(1, 20, 10);
        xray.clock.advance(Duration.ofSeconds(59));
        assertThat(shop.insights()).isEmpty(); // its documents may still come

        xray.clock.advance(Duration.ofSeconds(1));

        assertThat(shop.insights()).singleElement().satisfies(insight -> {
            assertThat(insight.state()).isEqualTo("ACTIVE");
            assertThat(insight.groupName()).isEqualTo("shop");
            assertThat(insight.categories()).containsExactly("FAULT");
            assertThat(insight.startTime()).isEqualTo(ManualClock.START.plus(Duration.ofMinutes(20)));
            assertThat(insight.endTime()).isNull();
            assertThat(insight.insightId())
                    .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        });
    }

    @Test
    void namesTheFarthestServiceDownstreamAndCountsWhatIsHit() {
        outage();

        assertThat(shop.insights("ACTIVE")).singleElement().satisfies(insight -> {
            assertThat(Objects.requireNonNull(insight.rootCauseServiceId()).name())
                    .isEqualTo("worker");
            assertThat(insight.clientRequestImpactStatistics()).isEqualTo(new RequestImpactStatistics(40L, 40L, 80L));
            assertThat(insight.rootCauseServiceRequestImpactStatistics())
                    .isEqualTo(new RequestImpactStatistics(40L, 40L, 80L));
            assertThat(Objects.requireNonNull(insight.topAnomalousServices()))
                    .extracting(service ->
                            Objects.requireNonNull(service.serviceId()).name())
                    .containsExactlyInAnyOrder("api", "worker");
            assertThat(insight.summary()).contains("worker").contains("40 of 80 client requests");
        });
        assertThat(shop.insights("CLOSED")).isEmpty();
    }

    @Test
    void closesAfterTenMinutesAsExpected() {
        outage();
        xray.clock.advance(Duration.ofMinutes(-1));
        shop.traffic(9, 20, 0);
        xray.clock.advance(Duration.ofMinutes(1));
        assertThat(shop.insights("ACTIVE")).hasSize(1);
        xray.clock.advance(Duration.ofMinutes(-1));
        shop.traffic(1, 20, 0);
        xray.clock.advance(Duration.ofMinutes(1));

        assertThat(shop.insights("ACTIVE")).isEmpty();
        assertThat(shop.insights("CLOSED")).singleElement().satisfies(insight -> {
            assertThat(insight.endTime()).isEqualTo(ManualClock.START.plus(Duration.ofMinutes(34)));
            assertThat(insight.summary()).contains(". 40 of 280 client requests failed.");
            var events = shop.events(Objects.requireNonNull(insight.insightId()));
            assertThat(events.getLast().summary()).contains("fail more often than expected");
            assertThat(events.getFirst().summary()).contains("no more often than expected");
            assertThat(events)
                    .extracting(event -> Objects.requireNonNull(event.eventTime()))
                    .isSortedAccordingTo((a, b) -> b.compareTo(a));
        });
    }

    @Test
    void closesWhenThereIsNoTrafficForHalfAnHour() {
        outage();
        assertThat(shop.insights("ACTIVE")).hasSize(1);

        xray.clock.advance(Duration.ofMinutes(29));
        assertThat(shop.insights("ACTIVE")).hasSize(1);
        xray.clock.advance(Duration.ofMinutes(1));
        assertThat(shop.insights("ACTIVE")).isEmpty();
    }

    @Test
    void findsTheSameAfterARestartAndInWhatWasMissed() {
        outage();
        var expected = shop.insights().getFirst();

        var other = new XRay();
        var restarted = new Shop(other);
        restarted.watchInsights();
        restarted.traffic(20, 20, 0);
        restarted.traffic(2, 20, 10);
        other.crash();
        restarted.traffic(2, 20, 10);
        other.clock.advance(Duration.ofMinutes(1));

        assertThat(restarted.insights()).singleElement().satisfies(insight -> {
            assertThat(insight.startTime()).isEqualTo(expected.startTime());
            assertThat(insight.rootCauseServiceId()).isEqualTo(expected.rootCauseServiceId());
            assertThat(insight.clientRequestImpactStatistics()).isEqualTo(expected.clientRequestImpactStatistics());
        });
        var before = restarted.insights();
        other.crash();
        assertThat(restarted.insights()).isEqualTo(before);
    }

    @Test
    void aServiceThatAlwaysFailsAsOftenIsNoAnomaly() {
        shop.watchInsights();
        shop.traffic(40, 20, 4);
        xray.clock.advance(Duration.ofMinutes(1));

        assertThat(shop.insights("ACTIVE")).isEmpty(); // only while nothing was known of it
        shop.traffic(4, 20, 20);
        xray.clock.advance(Duration.ofMinutes(1));
        assertThat(shop.insights("ACTIVE")).hasSize(1);
    }

    @Test
    void fewRequestsAreNoEvidence() {
        shop.watchInsights();
        shop.traffic(20, 20, 0);
        shop.traffic(10, 9, 9);
        xray.clock.advance(Duration.ofMinutes(1));

        assertThat(shop.insights()).isEmpty();
    }

    @Test
    void aGroupThatIsDeletedEndsItsInsight() {
        outage();
        var id = Objects.requireNonNull(shop.insights().getFirst().insightId());

        xray.call(
                XrayModel.DELETE_GROUP,
                DeleteGroupRequest.builder().groupName(Shop.GROUP).build());

        var insight = Objects.requireNonNull(
                xray.call(XrayModel.GET_INSIGHT, new GetInsightRequest(id)).insight());
        assertThat(insight.state()).isEqualTo("CLOSED");
    }

    @Test
    void drawsTheServicesThatFailingRequestsTouched() {
        outage();
        var id = Objects.requireNonNull(shop.insights().getFirst().insightId());
        var graph = xray.call(
                XrayModel.GET_INSIGHT_IMPACT_GRAPH,
                new GetInsightImpactGraphRequest(
                        id, ManualClock.START, ManualClock.START.plus(Duration.ofHours(1)), null));

        var services = Objects.requireNonNull(graph.services());
        assertThat(services).extracting(InsightImpactGraphService::name).containsExactly("api", "api", "worker");
        assertThat(services).extracting(InsightImpactGraphService::type).contains("client");
        assertThat(services.stream()
                        .mapToInt(service ->
                                Objects.requireNonNull(service.edges()).size())
                        .sum())
                .isEqualTo(2);
        assertThat(graph.serviceGraphStartTime()).isEqualTo(ManualClock.START.plus(Duration.ofMinutes(20)));
        assertThat(graph.serviceGraphEndTime()).isEqualTo(xray.clock.instant());
    }

    @Test
    void pagesOfEventsGoOnWhereTheLastOneEnded() {
        outage();
        xray.clock.advance(Duration.ofMinutes(-1));
        shop.traffic(10, 20, 0);
        xray.clock.advance(Duration.ofMinutes(1));
        var id = Objects.requireNonNull(shop.insights().getFirst().insightId());
        var all = shop.events(id);
        assertThat(all).hasSizeGreaterThan(1);

        var first = xray.call(XrayModel.GET_INSIGHT_EVENTS, new GetInsightEventsRequest(id, 1, null));
        var second = xray.call(XrayModel.GET_INSIGHT_EVENTS, new GetInsightEventsRequest(id, 50, first.nextToken()));

        assertThat(first.insightEvents()).containsExactly(all.getFirst());
        assertThat(second.insightEvents()).isEqualTo(all.subList(1, all.size()));
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void refusesWhatItCannotAnswer() {
        var unknown = "7f9a1c2e-0000-4000-8000-000000000000";
        assertThatThrownBy(() -> xray.call(XrayModel.GET_INSIGHT, new GetInsightRequest(unknown)))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining(unknown);
        var now = xray.clock.instant();
        assertThatThrownBy(() -> xray.call(
                        XrayModel.GET_INSIGHT_SUMMARIES,
                        GetInsightSummariesRequest.builder()
                                .startTime(now.minusSeconds(60))
                                .endTime(now)
                                .states(List.of())
                                .build()))
                .hasMessageContaining("GroupName");
        assertThatThrownBy(() -> xray.call(
                        XrayModel.GET_INSIGHT_SUMMARIES,
                        GetInsightSummariesRequest.builder()
                                .groupName("Default")
                                .startTime(now.minus(Duration.ofDays(31)))
                                .endTime(now.minus(Duration.ofDays(30)))
                                .build()))
                .hasMessageContaining("at most 30 days ago");
    }
}
