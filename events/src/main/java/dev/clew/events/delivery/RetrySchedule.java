// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import dev.clew.core.Check;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When the next attempt is due: exponential back-off with jitter, until attempts or the event's age run out. Reads no clock and holds no
 * thread.
 *
 * @param base wait after the first attempt, at most
 * @param cap longest wait
 * @param maxAge of an event, from its acceptance to its last attempt
 * @param maxRetries attempts after the first
 */
public record RetrySchedule(Duration base, Duration cap, Duration maxAge, int maxRetries) {
    /** The documented limits of the bus: 185 retries over 24 hours. */
    public static final RetrySchedule DEFAULTS =
            new RetrySchedule(Duration.ofMillis(200), Duration.ofMinutes(10), Duration.ofHours(24), 185);

    /** The limits as dead letters name them. */
    public static final String ATTEMPTS = "MaximumRetryAttempts";

    public static final String AGE = "MaximumEventAgeInSeconds";

    private static final int MAX_DOUBLINGS = 30;

    public RetrySchedule {
        Check.inRange("events.retry.base", base, Duration.ofMillis(1), Duration.ofMinutes(10));
        Check.inRange("events.retry.cap", cap, base, Duration.ofHours(24));
        Check.inRange("events.retry.max-age", maxAge, Duration.ofMinutes(1), Duration.ofHours(24));
        Check.inRange("events.retry.max-retries", maxRetries, 0, 185);
    }

    /** What follows a failed attempt. */
    public sealed interface Next {
        /** Another attempt, not before {@code due}. */
        record At(Instant due) implements Next {}

        /** None; {@code condition} is the limit that ended it, as dead letters name it. */
        record GiveUp(String condition) implements Next {}
    }

    /** The same with a target's own limits where it has them. */
    public RetrySchedule limited(@Nullable Integer retries, @Nullable Integer ageSeconds) {
        return new RetrySchedule(
                base,
                cap,
                ageSeconds == null ? maxAge : Duration.ofSeconds(ageSeconds),
                retries == null ? maxRetries : retries);
    }

    /**
     * @param attempts made so far, at least 1
     * @param since from when the age counts
     * @param notBefore how long the target wants to be left alone; null if it did not say
     */
    public Next after(int attempts, Instant since, Instant now, RandomGenerator jitter, @Nullable Duration notBefore) {
        if (attempts > maxRetries) {
            return new Next.GiveUp(ATTEMPTS);
        }
        long ceiling = Math.min(cap.toMillis(), base.toMillis() << Math.min(attempts - 1, MAX_DOUBLINGS));
        long wait = jitter.nextLong(ceiling / 2, ceiling + 1);
        var due = now.plusMillis(notBefore == null ? wait : Math.max(wait, notBefore.toMillis()));
        return tooOld(since, due) ? new Next.GiveUp(AGE) : new Next.At(due);
    }

    /** Whether the age of what counts since {@code since} has run out at {@code now}. */
    public boolean tooOld(Instant since, Instant now) {
        return now.isAfter(since.plus(maxAge));
    }
}
