// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScheduleTest {
    private static final Instant BEGUN = Instant.parse("2026-08-07T10:00:20Z"); // a Friday

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rate(10 seconds)",
                "rate(10 years)",
                "rate(1 minutes)",
                "rate(10 minute)",
                "rate()",
                "rate(10)",
                "rate(foo minutes)",
                "rate(0 minutes)",
                "rate(-10 minutes)",
                "rate(10 MINUTES)",
                "rate( 10 minutes )",
                " rate(10 minutes)",
                "rate(10 minutes",
                "rate(01 minute)",
                "rate(9999999999 days)",
                "cron(0 1 * * * *)",
                "cron(0 1 ? * ? *)",
                "cron(0 1 1 * MON *)",
                "cron(0 1 * * ?)",
                "cron(0 1 * * ? * *)",
                "cron(60 1 * * ? *)",
                "cron(0 24 * * ? *)",
                "cron(0 1 0 * ? *)",
                "cron(0 1 32 * ? *)",
                "cron(0 1 * 13 ? *)",
                "cron(0 1 * 0 ? *)",
                "cron(0 1 ? * 8 *)",
                "cron(0 1 ? * 0 *)",
                "cron(0 1 * * ? 1969)",
                "cron(0 1 * * ? 2200)",
                "cron(0 1 * * ? 2030-2026)",
                "cron(0 1 ? * MON/2 *)",
                "cron(0 1 ? * MON#6 *)",
                "cron(0 1 ? * MON#0 *)",
                "cron(0 1 ? * 3#1,6#3 *)",
                "cron(0 1 32W * ? *)",
                "cron(0 1 L-3 * ? *)",
                "cron(0/0 1 * * ? *)",
                "cron(0/ 1 * * ? *)",
                "cron(/ 1 * * ? *)",
                "cron(1- 1 * * ? *)",
                "cron(1,,2 1 * * ? *)",
                "cron(, 1 * * ? *)",
                "cron(? 1 * * ? *)",
                "cron( 0 1 * * ? *)",
                "cron(0 1 * * ? * )",
                "cron(a b c d e f)",
                "at(2026-08-07T10:00:00)",
                "",
                "cron()"
            })
    void whatIsNoScheduleIsRefused(String text) {
        assertThat(Schedule.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cron(0/15 * * * ? *) | 2026-08-07T10:15:00Z | 2026-08-07T10:30:00Z",
                "cron(5/20 * * * ? *) | 2026-08-07T10:05:00Z | 2026-08-07T10:25:00Z",
                "cron(0 18 ? * MON-FRI *) | 2026-08-07T18:00:00Z | 2026-08-10T18:00:00Z",
                "cron(15 10 ? * 6L 2026-2027) | 2026-08-28T10:15:00Z | 2026-09-25T10:15:00Z",
                "cron(0 2 ? * SAT#3 *) | 2026-08-15T02:00:00Z | 2026-09-19T02:00:00Z",
                "cron(0 10 * * ? *) | 2026-08-08T10:00:00Z | 2026-08-09T10:00:00Z",
                "cron(1 10 * * ? *) | 2026-08-07T10:01:00Z | 2026-08-08T10:01:00Z",
                "cron(0 0 L * ? *) | 2026-08-31T00:00:00Z | 2026-09-30T00:00:00Z",
                "cron(0 0 LW * ? *) | 2026-08-31T00:00:00Z | 2026-09-30T00:00:00Z",
                "cron(0 0 1W * ? *) | 2026-09-01T00:00:00Z | 2026-10-01T00:00:00Z",
                "cron(0 0 15W 8 ? *) | 2026-08-14T00:00:00Z | 2027-08-16T00:00:00Z", // Saturday, then Sunday
                "cron(0 0 1W 8 ? *) | 2027-08-02T00:00:00Z | 2028-08-01T00:00:00Z", // 1 August 2027 is a Sunday
                "cron(0 0 1W 5 ? *) | 2027-05-03T00:00:00Z | 2028-05-01T00:00:00Z", // Saturday, not in April
                "cron(0 0 31W 10 ? *) | 2026-10-30T00:00:00Z | 2027-10-29T00:00:00Z", // Saturday, Sunday in October
                "cron(0 0 29 2 ? *) | 2028-02-29T00:00:00Z | 2032-02-29T00:00:00Z",
                "cron(0 0 ? * L *) | 2026-08-08T00:00:00Z | 2026-08-15T00:00:00Z",
                "cron(0 0 ? * FRI-SUN *) | 2026-08-08T00:00:00Z | 2026-08-09T00:00:00Z",
                "cron(0 0 ? * mon#1 *) | 2026-09-07T00:00:00Z | 2026-10-05T00:00:00Z",
                "cron(30 22-1 * * ? *) | 2026-08-07T22:30:00Z | 2026-08-07T23:30:00Z",
                "cron(0 12 1 JAN,JUL ? *) | 2027-01-01T12:00:00Z | 2027-07-01T12:00:00Z",
                "cron(0 0 1 1 ? 2030/10) | 2030-01-01T00:00:00Z | 2040-01-01T00:00:00Z",
                "cron(10-20/5 10 * * ? *) | 2026-08-07T10:10:00Z | 2026-08-07T10:15:00Z",
            })
    void aCronFiresAtTheBeginOfTheMinutesItNames(String text, Instant first, Instant second) {
        var schedule = Schedule.parse(text).orElseThrow();
        assertThat(schedule.next(BEGUN, BEGUN)).contains(first);
        assertThat(schedule.next(BEGUN, first)).contains(second);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cron(0 0 30 2 ? *)",
                "cron(0 0 ? * MON 2020-2025)",
                "cron(0 0 31W 4 ? *)",
                "cron(0 0 29 2 ? 2027)"
            })
    void aCronCanBeOver(String text) {
        assertThat(Schedule.parse(text).orElseThrow().next(BEGUN, BEGUN)).isEmpty();
    }

    @Test
    void aRateCountsFromItsBegin() {
        var schedule = Schedule.parse("rate(5 minutes)").orElseThrow();
        assertThat(Stream.of(0, 299, 300, 301, 86_400)
                        .map(seconds -> schedule.next(BEGUN, BEGUN.plusSeconds(seconds))
                                .map(next -> Duration.between(BEGUN, next).toSeconds())
                                .orElseThrow()))
                .containsExactly(300L, 300L, 600L, 600L, 86_700L);
        assertThat(schedule.next(BEGUN, BEGUN.minusSeconds(1_000))).contains(BEGUN.plusSeconds(300));
        assertThat(Schedule.parse("rate(1 day)").orElseThrow().next(BEGUN, BEGUN))
                .contains(BEGUN.plus(Duration.ofDays(1)));
        assertThat(Schedule.parse("rate(1 hour)").orElseThrow().next(BEGUN, BEGUN))
                .contains(BEGUN.plus(Duration.ofHours(1)));
    }
}
