// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.events.delivery.RetrySchedule.Next;
import dev.clew.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryScheduleTest {
    private static final Instant ACCEPTED = Instant.parse("2026-08-07T10:00:00Z");
    private static final SplittableRandom CHANCE = new SplittableRandom(1);

    @Test
    void theDefaultsAreTheDocumentedLimits() {
        assertThat(RetrySchedule.DEFAULTS.maxRetries()).isEqualTo(185);
        assertThat(RetrySchedule.DEFAULTS.maxAge()).isEqualTo(Duration.ofSeconds(86_400));
    }

    @Test
    void noRetriesMeansOneAttempt() {
        var schedule = RetrySchedule.DEFAULTS.limited(0, null);
        assertThat(schedule.after(1, ACCEPTED, ACCEPTED, CHANCE, null))
                .isEqualTo(new Next.GiveUp("MaximumRetryAttempts"));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "184, 184", "185, 185"})
    void retriesUpToTheLimitAndNotOnce(int retries, int attempts) {
        var schedule = RetrySchedule.DEFAULTS.limited(retries, null);
        assertThat(schedule.after(attempts, ACCEPTED, ACCEPTED, CHANCE, null)).isInstanceOf(Next.At.class);
        assertThat(schedule.after(attempts + 1, ACCEPTED, ACCEPTED, CHANCE, null))
                .isEqualTo(new Next.GiveUp("MaximumRetryAttempts"));
    }

    @Test
    void noAttemptIsDueAfterTheAgeRanOut() {
        var schedule = RetrySchedule.DEFAULTS.limited(null, 60);
        var last = ACCEPTED.plusSeconds(60);
        assertThat(schedule.after(20, ACCEPTED, last, CHANCE, null))
                .isEqualTo(new Next.GiveUp("MaximumEventAgeInSeconds"));
        assertThat(schedule.tooOld(ACCEPTED, last)).isFalse();
        assertThat(schedule.tooOld(ACCEPTED, last.plusMillis(1))).isTrue();
    }

    @Test
    void theTargetsOwnWaitCountsIfItIsLonger() {
        var next = RetrySchedule.DEFAULTS.after(1, ACCEPTED, ACCEPTED, CHANCE, Duration.ofSeconds(30));
        assertThat(next).isEqualTo(new Next.At(ACCEPTED.plusSeconds(30)));
        var soon = RetrySchedule.DEFAULTS.after(10, ACCEPTED, ACCEPTED, CHANCE, Duration.ofMillis(1));
        assertThat(((Next.At) soon).due()).isAfter(ACCEPTED.plusSeconds(30));
        assertThat(RetrySchedule.DEFAULTS.after(1, ACCEPTED, ACCEPTED, CHANCE, Duration.ofDays(2)))
                .isEqualTo(new Next.GiveUp("MaximumEventAgeInSeconds"));
    }

    @ParameterizedTest
    @Seeds(50)
    void waitsGrowUpToTheCapAndAreSpread(long seed) {
        var jitter = new SplittableRandom(seed);
        var schedule = RetrySchedule.DEFAULTS;
        for (int attempts = 1; attempts <= 185; attempts++) {
            var due = ((Next.At) schedule.after(attempts, ACCEPTED, ACCEPTED, jitter, null)).due();
            long wait = Duration.between(ACCEPTED, due).toMillis();
            long ceiling = (long) Math.min(600_000, 200 * Math.pow(2, attempts - 1));
            assertThat(wait).isBetween(ceiling / 2, ceiling);
        }
    }

    @Test
    void equalDeliveriesDoNotComeBackTogether() {
        var dues = new HashSet<Instant>();
        for (int i = 0; i < 100; i++) {
            dues.add(((Next.At) RetrySchedule.DEFAULTS.after(8, ACCEPTED, ACCEPTED, CHANCE, null)).due());
        }
        assertThat(dues).hasSizeGreaterThan(90);
    }

    @ParameterizedTest
    @CsvSource({"-1, 3600", "186, 3600", "3, 59", "3, 86401"})
    void refusesLimitsThatTheServiceDoesNotKnow(int retries, int seconds) {
        assertThatThrownBy(() -> RetrySchedule.DEFAULTS.limited(retries, seconds))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected:");
    }
}
