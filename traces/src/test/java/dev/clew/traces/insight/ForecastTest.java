// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.testkit.ManualClock;
import dev.clew.traces.XRay;
import dev.clew.traces.api.ForecastStatistics;
import dev.clew.traces.api.GetTimeSeriesServiceStatisticsRequest;
import dev.clew.traces.api.TimeSeriesServiceStatistics;
import dev.clew.traces.api.XrayModel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private final XRay xray = new XRay();
    private final Shop shop = new Shop(xray);

    private List<@Nullable ForecastStatistics> forecast(int minute, int periods, int seconds) {
        var start = ManualClock.START.plus(Duration.ofMinutes(minute));
        var answer = xray.call(
                XrayModel.GET_TIME_SERIES_SERVICE_STATISTICS,
                GetTimeSeriesServiceStatisticsRequest.builder()
                        .startTime(start)
                        .endTime(start.plusSeconds((long) periods * seconds))
                        .entitySelectorExpression("service(id(name: \"worker\"))")
                        .period(seconds)
                        .forecastStatistics(true)
                        .build());
        return Objects.requireNonNull(answer.timeSeriesServiceStatistics()).stream()
                .<@Nullable ForecastStatistics>map(TimeSeriesServiceStatistics::serviceForecastStatistics)
                .toList();
    }

    private static ForecastStatistics range(long low, long high) {
        return ForecastStatistics.builder()
                .faultCountLow(low)
                .faultCountHigh(high)
                .build();
    }

    @Test
    void expectsTheRatioOfTheHourBefore() {
        shop.traffic(60, 20, 10);
        shop.traffic(1, 20, 0);

        // 10 of 20 are the mean, 3 * sqrt(20 * 0.5 * 0.5) = 6.7 the distance
        assertThat(forecast(60, 1, 60)).containsExactly(range(4, 16));
        // as the range of five minutes: 100 * 0.5 = 50, 3 * sqrt(25) = 15
        assertThat(forecast(30, 1, 300)).containsExactly(range(35, 65));
    }

    @Test
    void expectsOneInAHundredWhileLittleIsKnown() {
        shop.traffic(14, 20, 10);
        shop.traffic(1, 500, 0);

        // 5 and 3 * sqrt(500 * 0.01 * 0.99) = 6.7
        assertThat(forecast(14, 1, 60)).containsExactly(range(0, 11));
    }

    @Test
    void minutesBeyondTheExpectedDoNotChangeIt() {
        shop.traffic(40, 20, 2);
        shop.traffic(5, 20, 20);
        shop.traffic(1, 20, 2);

        // 2 and 3 * sqrt(20 * 0.1 * 0.9) = 4.02
        assertThat(forecast(45, 1, 60)).containsExactly(range(0, 6));
    }

    @Test
    void whereNothingHappensOneFaultIsNoSurprise() {
        shop.traffic(20, 1, 0);

        assertThat(forecast(25, 1, 60)).containsExactly(range(0, 1));
    }
}
