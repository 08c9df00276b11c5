// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.testkit.ManualClock;
import dev.clew.traces.XRay;
import dev.clew.traces.api.GetTimeSeriesServiceStatisticsRequest;
import dev.clew.traces.api.TimeSeriesServiceStatistics;
import dev.clew.traces.api.XrayModel;
import dev.clew.traces.filter.Corpus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimeSeriesTest {
    private static final Instant NOON = ManualClock.START;
    private final XRay xray = new XRay();

    @BeforeEach
    void put() {
        Corpus.documents().values().forEach(xray::put);
    }

    private List<TimeSeriesServiceStatistics> series(@Nullable String selector, @Nullable Boolean forecast) {
        return Objects.requireNonNull(xray.call(
                        XrayModel.GET_TIME_SERIES_SERVICE_STATISTICS,
                        GetTimeSeriesServiceStatisticsRequest.builder()
                                .startTime(NOON)
                                .endTime(NOON.plusSeconds(120))
                                .entitySelectorExpression(selector)
                                .forecastStatistics(forecast)
                                .build())
                .timeSeriesServiceStatistics());
    }

    @Test
    void countsTheRequestsOfANode() {
        var first = series("service(\"backend.example.com\")", null).getFirst();
        var counts = Objects.requireNonNull(first.serviceSummaryStatistics());
        assertThat(counts.totalCount()).isEqualTo(2);
        assertThat(Objects.requireNonNull(counts.faultStatistics()).totalCount())
                .isEqualTo(1);
        assertThat(counts.totalResponseTime()).isEqualTo(0.8);
        assertThat(first.edgeSummaryStatistics()).isNull();
        assertThat(first.responseTimeHistogram()).hasSize(2);
        assertThat(Objects.requireNonNull(
                                series("service() { fault }", null).getFirst().serviceSummaryStatistics())
                        .totalCount())
                .isEqualTo(5);
    }

    @Test
    void countsTheCallsAlongAnEdge() {
        var first = series("edge(id(name: \"api.example.com\"), \"backend.example.com\") { ok }", null)
                .getFirst();
        assertThat(Objects.requireNonNull(first.edgeSummaryStatistics()).totalCount())
                .isEqualTo(1);
        assertThat(Objects.requireNonNull(first.edgeSummaryStatistics()).totalResponseTime())
                .isEqualTo(0.3);
        assertThat(first.serviceSummaryStatistics()).isNull();
    }

    @Test
    void countsTracesWithoutASelector() {
        var series = series(null, null);
        assertThat(series).hasSize(2);
        assertThat(Objects.requireNonNull(series.getFirst().edgeSummaryStatistics())
                        .totalCount())
                .isEqualTo(8); // all but the one in progress
        assertThat(Objects.requireNonNull(series.getLast().edgeSummaryStatistics())
                        .totalCount())
                .isZero();
    }

    @Test
    void refusesOtherSelectors() {
        assertThatThrownBy(() -> series("fault", null)).hasMessageContaining("expected: service or edge or id()");
        assertThatThrownBy(() -> series("service(\"A\")", true)).hasMessageContaining("uses id()");
    }
}
